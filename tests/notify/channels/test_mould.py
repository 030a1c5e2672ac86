"""Moulds: what is filled is what the template would have made, for letters of every shape."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings, strategies as st

from clientela.notify.channels.email import mould
from clientela.notify.channels.email.colour import palette
from clientela.notify.letter import Letter

pytestmark = pytest.mark.sqlite  # no database is asked

TONE = palette(200, "soft")
# What could be taken for markup, for a mark of ours, or for nothing.
WORDS = st.sampled_from(
    ["", "Ana", "<b>&\"'", "{{ letter.stop }}", "\ue0a00\ue0a1", "%s", "ñ 日", " ", "0"]
)
LINES = st.lists(WORDS, max_size=4).map("\n".join)
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)
LETTERS = st.builds(
    Letter,
    **{one.name: WORDS for one in fields(Letter)}
    | {
        "sentence": LINES,
        "stub": st.tuples(WORDS, WORDS, WORDS),
        "rows": PAIRS,
        "dates": PAIRS,
        "slip": st.sampled_from(["", "void", "kept"]),
    },
)


@given(LETTERS, st.sampled_from(["en", "es", "it"]))
@settings(max_examples=150, deadline=None)
def test_a_filled_mould_is_what_the_template_makes_of_the_letter(letter: Letter, language: str):
    assert mould.pages(letter, language=language, tone=TONE) == (
        mould.rendered("letter.txt", letter, language=language, tone=None),
        mould.rendered("letter.html", letter, language=language, tone=TONE),
    )


def a_letter(**words: object) -> Letter:
    usual = {one.name: one.name for one in fields(Letter)}
    tuples = {"stub": ("a", "b", "c"), "rows": (("What", "Physio"),), "dates": ()}
    return Letter(**{**usual, **tuples, **words})


def test_letters_of_one_shape_share_a_mould_and_another_shape_has_its_own():
    mould._mould.cache_clear()
    for name in ("Ana", "Eva", "Ugo"):
        mould.pages(a_letter(headline=name), language="en", tone=TONE)
    assert mould._mould.cache_info().misses == 2  # a text and a page
    mould.pages(a_letter(join="", join_link=""), language="en", tone=TONE)
    mould.pages(a_letter(), language="it", tone=TONE)
    assert mould._mould.cache_info().misses == 6


def test_the_comparison_sees_a_mould_of_another_shape(monkeypatch: pytest.MonkeyPatch):
    """The control: were blanks not part of the shape, the comparison above would say so."""
    one = a_letter()
    wrong = mould._mould("letter.txt", mould._shape(replace(one, stop=""), []), "en", None)
    words: list[str] = []
    mould._shape(one, words)
    assert mould._fill(wrong, words) != mould.rendered("letter.txt", one, language="en", tone=None)
