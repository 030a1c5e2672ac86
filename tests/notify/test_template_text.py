"""A business's own words: named placeholders, and nothing that could be more than text."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from clientela.notify.errors import WordsRefused
from clientela.notify.models import Rule
from clientela.notify.template_text import (
    PLACEHOLDERS,
    checked_line,
    checked_lines,
    fill,
    placeholders_of,
)

FACTS = {name: f"<{name}>" for name in PLACEHOLDERS}
BATTERY = [
    ("{{settings.SECRET_KEY}}", "placeholder-broken"),
    ("{{ name }}", "placeholder-broken"),
    ("{{name}}", "placeholder-broken"),
    ("{% debug %}", "placeholder-broken"),
    ("{0}", "placeholder-broken"),
    ("{}", "placeholder-broken"),
    ("{0.__class__}", "placeholder-broken"),
    ("{name.__class__.__mro__}", "placeholder-broken"),
    ("{name[0]}", "placeholder-broken"),
    ("{name!r}", "placeholder-broken"),
    ("{name:>9999999999}", "placeholder-broken"),
    ("{name:{count}}", "placeholder-broken"),
    ("{ name }", "placeholder-broken"),
    ("{NAME}", "placeholder-broken"),
    ("${name} {", "placeholder-broken"),
    ("{na{name}me}", "placeholder-broken"),
    ("}name{", "placeholder-broken"),
    ("\\{name\\}", "placeholder-broken"),
    ("{self}", "placeholder-unknown"),
    ("{settings}", "placeholder-unknown"),
    ("{password}", "placeholder-unknown"),
    ("{names}", "placeholder-unknown"),
    ("{before}", "placeholder-not-here"),
    ("{weekday}", "placeholder-unknown"),
]


def line(text: str, rule: Rule = Rule.CONFIRMATION) -> str:
    return checked_line(text, rule=rule, field="body", longest=480)


@pytest.mark.req("INJ-09")
@pytest.mark.parametrize(("text", "reason"), BATTERY)
@pytest.mark.parametrize("check", [checked_line, checked_lines])
def test_nothing_but_a_name_of_the_list_stands_between_braces(check, text, reason):
    with pytest.raises(WordsRefused) as refused:
        check(f"Hola {text}", rule=Rule.CONFIRMATION, field="body", longest=480)
    assert (refused.value.reason, refused.value.field) == (reason, "body")


@pytest.mark.req("INJ-09")
@pytest.mark.parametrize("text", ["%(name)s %s", "$name", "<b>{name}</b>", "#{name}", "50 % off"])
def test_other_languages_of_templates_are_plain_text(text):
    kept = line(text)
    assert fill(kept, FACTS) == text.replace("{name}", "<name>")


def test_the_words_that_are_fine_are_fine():
    text = "Hola {name}: {service} el {when} en {place}. {link}"
    assert line(text) == text
    assert fill(text, FACTS) == "Hola <name>: <service> el <when> en <place>. <link>"


@pytest.mark.req("INJ-09")
def test_a_fact_is_never_read_again():
    facts = {**FACTS, "name": "{link} {{settings}} %(when)s"}
    assert fill("{name}", facts) == "{link} {{settings}} %(when)s"


@given(st.text(max_size=60))
def test_what_is_kept_can_always_be_filled_and_holds_no_brace_of_its_own(text):
    try:
        kept = line(text)
    except WordsRefused:
        return
    assert not set("{}") & set(fill(kept, dict.fromkeys(PLACEHOLDERS, "")))


def test_each_rule_knows_what_can_be_known():
    assert "before" in placeholders_of(Rule.CHANGE)
    assert "before" not in placeholders_of(Rule.REMINDER)
    assert line("{before}", Rule.CHANGE) == "{before}"


def test_control_characters_and_tricks_of_direction_are_cleaned_away():
    assert line(" a\r\nBcc: x\x00\x1b[31m \u202eb ") == "a Bcc: x [31m b"
    kept = checked_lines(
        "Hola {name},\r\n\r\n\r\n\r\nuna\tlínea\x00\rotra \n\n", rule=Rule.REMINDER, field="body",
        longest=200,
    )  # fmt: skip
    assert kept == "Hola {name},\n\nuna línea\notra"


@pytest.mark.parametrize("text", ["x" * 481, "\n".join("x" * 41)])
def test_too_much_is_refused_with_how_much_there_may_be(text):
    with pytest.raises(WordsRefused) as refused:
        checked_lines(text, rule=Rule.REMINDER, field="body", longest=480)
    assert refused.value.reason == "words-too-long"
    assert refused.value.facts["most"] == 480
