"""Which cards are compared at all."""

from __future__ import annotations

import pytest

from clientela.rules import match_pairs
from clientela.rules.match_keys import STOP_IN_BATCH, KeyKind
from clientela.rules.match_pairs import candidate_pairs, coded

NAME, OTHER_NAME = (KeyKind.NAME, "an|gil"), (KeyKind.SURNAMES, "gil|prim")
PHONE = (KeyKind.PHONE, "12345678")


def pairs(*cards: tuple[tuple[KeyKind, str], ...]) -> list[tuple[int, int]]:
    return list(candidate_pairs([coded(keys) for keys in cards]))


def test_cards_with_a_key_in_common_are_compared_once_in_order():
    assert pairs((NAME, PHONE), (), (PHONE, NAME), (NAME,)) == [(0, 2), (0, 3), (2, 3)]


def test_keys_of_two_kinds_never_meet():
    assert pairs((NAME,), ((KeyKind.SURNAMES, NAME[1]),)) == []


def test_a_key_that_very_many_have_finds_nothing():
    assert len(pairs(*[(PHONE,)] * STOP_IN_BATCH)) == STOP_IN_BATCH * (STOP_IN_BATCH - 1) // 2
    assert pairs(*[(PHONE,)] * (STOP_IN_BATCH + 1)) == []


def test_among_very_many_cards_one_name_alone_is_not_followed(monkeypatch: pytest.MonkeyPatch):
    cards = (NAME, OTHER_NAME), (NAME,), (NAME, OTHER_NAME), (PHONE,), (PHONE,)
    assert len(pairs(*cards)) == 4
    monkeypatch.setattr(match_pairs, "LARGE", 5)
    assert pairs(*cards) == [(0, 2), (3, 4)]
