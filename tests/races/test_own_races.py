"""Who is signed in books at the very moment at which the desk books for the same card: nobody waits in a ring.

Everybody takes the times before the card; who had the card in hand and waited for a time that the desk held, while
the desk waited for the card, was ended by PostgreSQL a second later.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.races.own_acts import WAITING
from tests.races.track import Track, start_of, words

pytestmark = [pytest.mark.race, pytest.mark.slow]

PAUSE = {"CLIENTELA_FAILPOINTS": "booking.book.won=sleep:0.05"}
ROUNDS = 12


def wish(track: Track, act: str, slot: int, **more: Any) -> dict[str, Any]:
    return {
        "act": act,
        "service": track.ids["train"],
        "professional": track.ids["people"][0],
        "starts_at": start_of(slot),
        **more,
    }


def for_relative(track: Track, slot: int) -> dict[str, Any]:
    ana, bea = track.ids["pair"]
    return wish(track, "book-own", slot, **{"account": ana["account"], "for": bea["card"]})


def at_the_desk(track: Track, slot: int) -> dict[str, Any]:
    return wish(track, "book-for-card", slot, card=track.ids["pair"][1]["card"])


def lanes_of(track: Track) -> list[list[dict[str, Any]]]:
    """Two lanes of a relative, two of the desk, all for one card with one professional, each at its own times."""
    return [
        [act(track, lane * 2 * ROUNDS + 2 * n) for n in range(ROUNDS)]
        for lane, act in enumerate((for_relative, for_relative, at_the_desk, at_the_desk))
    ]


@pytest.mark.req("CON-08")
def test_a_relative_and_the_desk_book_for_one_card_and_never_wait_in_a_ring(track: Track) -> None:
    outcomes, found = track.race(lanes_of(track), **PAUSE)
    assert words(outcomes) == {"done": 4 * ROUNDS}
    assert (found["open"], found["overlaps"]) == (4 * ROUNDS, 0)


@pytest.mark.req("CON-08")
def test_the_card_is_erased_meanwhile_and_nobody_is_booked_for_on_it(track: Track) -> None:
    card = track.ids["pair"][1]["card"]
    lanes = [*lanes_of(track)[:3], [{"act": "erase", "card": card}]]
    outcomes, found = track.race(lanes, **PAUSE)
    assert set(words(outcomes)) <= {"done", "not-lent", "client-gone"}
    assert words(outcomes)["done"] >= 1
    assert found["open"] == 0


@pytest.mark.req("CON-08")
def test_who_books_for_the_first_time_gets_the_card_that_waits_while_the_desk_books_on_it(
    track: Track,
) -> None:
    waiting = track.ids["waiting"]
    own = [wish(track, "book-own", 2 * n, account=one["account"]) for n, one in enumerate(waiting)]
    desk = [
        wish(track, "book-for-card", 2 * (WAITING + n), card=one["card"])
        for n, one in enumerate(waiting)
    ]
    outcomes, _ = track.race([own, desk], **PAUSE)
    assert words(outcomes) == {"done": 2 * WAITING}
    assert [one["card"] for one in outcomes if "card" in one] == [one["card"] for one in waiting]
