"""Tags that draw a form's fields with their label, hint, tip and error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from clientela.web.design import fields
from clientela.web.design.drawing import drawn

register = template.Library()


@register.simple_tag
def field(
    bound: BoundField,
    *,
    hint: str = "",
    tip: str = "",
    fix: str = "",
    fix_name: str = "",
    hints: Mapping[str, str] | None = None,
    classes: str = "",
    **attributes: Any,  # noqa: ANN401 -- HTML attributes
) -> SafeString:
    """A form's field, whole. `fix` is the corrected value a tip offers, sent as `fix_name`."""
    kind = fields.kind_of(bound)
    sentence = hint or str(bound.help_text)
    own = "input" if kind == "input" else ""
    drawn_control = fields.control(
        bound, hint=sentence, tip=tip, classes=own, attributes=attributes
    )
    options = fields.tiles(bound, hints or {}) if kind in {"tiles", "ticks"} else []
    return drawn(
        f"field_{kind}",
        bound=bound,
        key=bound.id_for_label or bound.html_name,
        control=drawn_control,
        options=options,
        hint=sentence,
        tip=tip,
        fix=fix,
        fix_name=fix_name,
        classes=classes,
        described=fields.described_by(bound, hint=sentence, tip=tip),
    )


@register.simple_block_tag
def switch(content: str, bound: BoundField, hint: str = "") -> SafeString:
    """A setting that is on or off; the content is what depends on it."""
    sentence = hint or str(bound.help_text)
    drawn_control = fields.control(
        bound, hint=sentence, tip="", classes="switch", attributes={"role": "switch"}
    )
    return drawn("switch", bound=bound, control=drawn_control, hint=sentence, content=content)


@register.simple_tag
def inline_field(bound: BoundField, before: str = "", after: str = "") -> SafeString:
    """A short field inside a sentence: *Until [12] hours before*."""
    drawn_control = fields.control(bound, hint="", tip="", classes="input", attributes={})
    return drawn("inline_field", bound=bound, control=drawn_control, before=before, after=after)


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString:
    """What is wrong, at the top of the page, each line a link to its field; nothing if all is well."""
    return drawn("error_summary", links=fields.error_links(form)) if form.errors else SafeString("")
