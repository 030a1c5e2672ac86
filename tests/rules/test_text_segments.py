"""What carriers count: the published limits, and characters that are never split."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from clientela.rules.text_segments import is_gsm_text, measure, segments

GSM = st.text(alphabet="abc áè^€{}[]".replace("á", "à"), max_size=700)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),  # two places each
        ("€" * 80 + "a", 2),
        ("ñ" * 160, 1),  # in the alphabet, and so are é, ü, ¿
        ("ó" + "a" * 69, 1),  # not in it: every Spanish ó and í makes the whole text long
        ("ó" + "a" * 70, 2),
        ("ó" + "a" * 133, 2),
        ("ó" + "a" * 134, 3),
        ("🙂" * 35, 1),  # two units each
        ("🙂" * 36, 2),
    ],
)
def test_texts_take_the_segments_that_carriers_count(text: str, count: int) -> None:
    assert segments(text) == count


def test_a_character_of_two_places_is_never_split_between_segments() -> None:
    # 152 letters, then a euro sign: it does not fit in the one place that is left of 153.
    assert measure("a" * 152 + "€" + "a" * 152).segments == 3
    assert (
        measure("a" * 153 + "a" * 153).segments == 2
    )  # the control: as many places, no such character
    assert measure("ó" + "a" * 65 + "🙂" + "a" * 65 + "🙂").segments == 3


def test_a_place_is_counted_for_each_character_of_its_alphabet() -> None:
    assert (measure("a€").is_gsm, measure("a€").places) == (True, 3)
    assert (measure("ó🙂").is_gsm, measure("ó🙂").places) == (False, 3)


@given(GSM)
def test_more_text_never_takes_fewer_segments(text: str) -> None:
    assert is_gsm_text(text)
    assert segments(text) <= segments(text + "a") <= segments(text + "ó")


@given(GSM)
def test_segments_are_as_many_as_their_places_need_and_one_more_at_most(text: str) -> None:
    found = measure(text)
    if found.places <= 160:
        assert found.segments == 1
    else:
        assert -(-found.places // 153) <= found.segments <= -(-found.places // 152)
