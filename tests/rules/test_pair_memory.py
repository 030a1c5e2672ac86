"""What was said of two cards holds, until there is reason to ask again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clientela.rules.pair_memory import Memory, Said, Word, remember

THEN = datetime(2033, 3, 1, tzinfo=UTC)


def said(word: Word, millibits: int = 20_000, days: int = 0) -> Said:
    return Said(word, millibits, THEN + timedelta(days=days))


def test_of_whom_nothing_was_said_is_shown() -> None:
    assert remember([], millibits=20_000) == Memory()


@pytest.mark.parametrize(("more", "hidden"), [(0, True), (5_999, True), (6_000, False)])
def test_different_people_are_asked_about_again_after_six_more_bits(
    more: int, *, hidden: bool
) -> None:
    memory = remember([said(Word.DIFFERENT)], millibits=20_000 + more)
    assert memory == Memory(is_hidden=hidden)


def test_people_of_one_household_are_never_asked_about_again() -> None:
    assert remember([said(Word.HOUSEHOLD)], millibits=99_000).is_hidden


def test_later_is_thirty_days_from_the_last_time_it_was_said() -> None:
    memory = remember([said(Word.LATER), said(Word.LATER, days=3)], millibits=20_000)
    assert memory == Memory(asleep_until=THEN + timedelta(days=33))


def test_a_word_taken_back_says_nothing() -> None:
    assert remember([said(Word.OPEN)], millibits=20_000) == Memory()


def test_one_different_between_two_people_speaks_for_all_their_cards() -> None:
    words = [said(Word.OPEN), said(Word.DIFFERENT, 1_000), said(Word.DIFFERENT, 20_000)]
    assert remember(words, millibits=20_000).is_hidden
