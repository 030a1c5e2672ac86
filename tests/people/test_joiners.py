"""What other rooms do when one card is taken up by another: around the moving of rows, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from tests.factories import NOW, SYSTEM, make_client

from clientela.business.models import Business
from clientela.people import joiners
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.joiners import on_joining
from clientela.people.models import Client, Identifier, Merge, Proof


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the contacts of the card that goes are, before the rows move and after."""
    monkeypatch.setattr(joiners, "_joiners", {})
    told: list[str] = []

    @on_joining
    @contextmanager
    def look(*, card: Client, into: Client, now: datetime) -> Iterator[None]:
        assert now == NOW
        for moment in ("before", "after"):
            held = Identifier.objects.filter(client=card).count()
            told.append(
                f"{moment}: {held} here, {Identifier.objects.filter(client=into).count()} there"
            )
            if moment == "before":
                yield

    return told


def test_a_joiner_is_entered_before_the_rows_move_and_left_after(
    business: Business, scope: None, seen: list[str]
) -> None:
    card, into = make_client(business), make_client(business, "Luz", "luz@example.org")
    take_up_card(card=card, into=into, proof=Proof.LOG_IN, by=SYSTEM, now=NOW)
    assert seen == ["before: 1 here, 1 there", "after: 0 here, 2 there"]


def test_what_a_joiner_refuses_undoes_the_whole(
    business: Business, scope: None, seen: list[str]
) -> None:
    @on_joining
    @contextmanager
    def refuse(*, card: Client, into: Client, now: datetime) -> Iterator[None]:
        yield
        raise RuntimeError("no")

    card, into = make_client(business), make_client(business, "Luz", "luz@example.org")
    with pytest.raises(RuntimeError):
        take_up_card(card=card, into=into, proof=Proof.LOG_IN, by=SYSTEM, now=NOW)
    assert (Merge.objects.count(), Identifier.objects.filter(client=card).count()) == (0, 1)
