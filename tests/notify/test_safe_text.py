"""Text that people typed stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from clientela.notify.safe_text import BREAK, first_name, inert, one_line

LINK_LIKE = re.compile(r"https?://|www\.|\w\.\w|\w@\w|mailto:|tel:")


@pytest.mark.req("INJ-06")
@pytest.mark.parametrize(
    "typed",
    [
        "http://evil.example/a",
        "HTTPS://EVIL.EXAMPLE",
        "www.evil.example",
        "evil.example",
        "write to me@evil.example",
        "mailto:me@evil.example",
        "tel:+34900000000",
        "javascript:alert(1)",
        "hxxp://evil.example",
    ],
)
def test_what_looks_like_a_link_is_broken_invisibly(typed):
    calm = inert(typed)
    assert not LINK_LIKE.search(calm.lower())
    assert calm.replace(BREAK, "") == typed


@pytest.mark.parametrize("typed", ["Ana María", "St. John", "O'Neil", "14:30, please", "a / b"])
def test_ordinary_names_and_notes_stay_as_they_are_typed(typed):
    assert inert(typed).replace(BREAK, "") == typed
    if typed != "14:30, please":
        assert inert(typed) == typed


@pytest.mark.req("INJ-05")
@given(st.text())
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert "\r" not in line
    assert "\n" not in line
    assert len(line) <= 200
    assert not any(ord(character) < 32 for character in line)
    line.encode()


def test_overrides_of_the_writing_direction_are_dropped():
    assert one_line("Ana\u202egnp.exe") == "Anagnp.exe"


def test_a_greeting_takes_the_first_name():
    assert first_name("Ana Prueba García") == "Ana"
    assert first_name("   ") == ""
