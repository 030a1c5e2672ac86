"""A form's field: label, hint, tip and error are tied to their control."""

from __future__ import annotations

import re

from django import forms
from django.template import engines
from django.utils.translation import override

from clientela.web.design.gallery import GalleryForm, filled_form


def drawn(source: str, **values: object) -> str:
    return engines["django"].from_string("{% load design %}" + source).render(values)


def described(html: str, key: str) -> list[str]:
    [ids] = re.findall(
        rf'id="{key}"[^>]*aria-describedby="([^"]*)"|aria-describedby="([^"]*)"[^>]*id="{key}"',
        html,
    )
    return "".join(ids).split()


def test_a_field_is_described_by_error_tip_and_hint_in_that_order() -> None:
    html = drawn(
        '{% field form.mobile hint="For texts" tip="Did you mean" fix="+34 612" fix_name="fix" %}',
        form=filled_form(),
    )
    assert described(html, "id_mobile") == ["id_mobile-error", "id_mobile-tip", "id_mobile-hint"]
    for sentence in described(html, "id_mobile"):
        assert f'id="{sentence}"' in html
    assert 'aria-invalid="true"' in html
    assert '<label for="id_mobile">' in html
    assert '<button class="fix" name="fix" value="+34 612" formnovalidate>' in html


def test_a_field_without_anything_to_say_is_described_by_nothing() -> None:
    html = drawn("{% field form.name autocomplete='name' inputmode='text' %}", form=GalleryForm())
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html
    assert 'autocomplete="name"' in html


def test_what_a_visitor_typed_is_escaped() -> None:
    html = drawn(
        "{% field form.name tip=tip %}", form=GalleryForm({"name": '"><script>'}), tip="<b>"
    )
    assert "<script>" not in html
    assert "<b>" not in html


def test_an_optional_field_says_so_in_words() -> None:
    with override("it"):
        assert "(facoltativo)" in drawn("{% field form.note %}", form=GalleryForm())
        assert "(facoltativo)" not in drawn("{% field form.name %}", form=GalleryForm())


def test_a_group_is_a_fieldset_whose_tiles_carry_their_sentences() -> None:
    html = drawn(
        "{% field form.login hints=hints %}",
        form=filled_form(),
        hints={"off": "Everyone is a guest."},
    )
    assert html.count('type="radio"') == 3
    assert 'value="optional" checked' in html
    assert "Everyone is a guest." in html
    assert "<legend" in html


def test_a_hidden_field_is_only_its_control() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, initial="7")

    assert (
        drawn("{% field form.token %}", form=Hidden()).strip()
        == '<input type="hidden" name="token" value="7" id="id_token">'
    )


def test_a_switch_is_a_checkbox_with_the_role_of_a_switch() -> None:
    html = drawn(
        '{% switch form.cancel %}{% inline_field form.hours before="Until" %}{% endswitch %}',
        form=filled_form(),
    )
    assert 'role="switch"' in html
    assert re.search(r'<label for="id_hours">Until</label><input[^>]*aria-invalid="true"', html)
    assert 'id="id_hours-error"' in html


def test_the_summary_links_each_error_to_its_field_and_takes_the_focus() -> None:
    html = drawn("{% error_summary form %}", form=filled_form())
    assert re.findall(r'<a href="(#\w+)">', html) == ["#id_mobile", "#id_hours"]
    assert "autofocus" in html
    assert 'role="alert"' in html
    with override("es"):
        assert "2 cosas por corregir" in drawn("{% error_summary form %}", form=filled_form())


def test_a_form_that_is_well_has_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=GalleryForm()) == ""
