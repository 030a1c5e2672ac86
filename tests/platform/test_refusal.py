"""A refusal is an exception with one word."""

from __future__ import annotations

import pickle

import pytest

from clientela.platform.refusal import Refusal


class SlotTaken(Refusal):
    reason = "slot-taken"


def test_a_refusal_carries_its_class_word_and_its_facts() -> None:
    refusal = SlotTaken(alternatives=["10:00"], field="start")

    assert (refusal.reason, refusal.field, refusal.facts) == (
        "slot-taken",
        "start",
        {"alternatives": ["10:00"]},
    )
    assert str(refusal) == "slot-taken"


def test_a_refusal_may_be_given_its_word() -> None:
    assert Refusal("too-late", limit=3).reason == "too-late"


def test_two_refusals_of_one_class_do_not_share_their_words() -> None:
    assert (Refusal("too-late").reason, Refusal().reason) == ("too-late", "refused")


@pytest.mark.parametrize("word", ["", "Too late", "too_late", "-late", "late-", "TOO-LATE"])
def test_a_reason_that_is_no_kebab_word_is_an_error_of_the_program(word: str) -> None:
    with pytest.raises(ValueError, match="kebab-case"):
        Refusal(word)


def test_a_refusal_does_not_print_its_facts() -> None:
    assert "anna@example.org" not in repr(SlotTaken(email="anna@example.org"))


def test_a_refusal_crosses_a_process_boundary_with_its_facts() -> None:
    there = pickle.loads(pickle.dumps(SlotTaken(field="start", seats=2)))  # noqa: S301 -- our own bytes

    assert (type(there), there.reason, there.field, there.facts) == (
        SlotTaken,
        "slot-taken",
        "start",
        {"seats": 2},
    )
