"""Races for one client's credits: a credit is used once, nothing is lost, and nobody waits in a ring.

Wherever the lock is switched off, the database's own refusal of the second use is what is left: it ends as another
try, and with no credit left as pending. Without that as well the credit is used twice: the negative control. SQLite
has one writer at a time, so both controls need PostgreSQL.
"""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from typing import Any

import pytest
from tests.races.track import PROCESSES, SCALE, Track, start_of, words

pytestmark = [pytest.mark.race, pytest.mark.slow]

on_postgresql = pytest.mark.skipif(
    os.environ.get("CLIENTELA_TEST_DATABASE") != "postgres", reason="SQLite has one writer"
)
EACH = 25
SOUND = {"doubled": 0, "unbalanced": 0, "estranged": 0, "overlooked": 0}


def for_card(track: Track, lane: int, n: int, *, card: int = 0) -> dict[str, Any]:
    """Book for the card with the lane's own professional, so that only the credits are scarce."""
    return {
        "act": "book-for-card",
        "service": track.ids["train"],
        "professional": track.ids["people"][lane],
        "starts_at": start_of(n),
        "card": track.ids["cards"][card],
    }


def selling(track: Track, count: int, *, card: int = 0) -> dict[str, Any]:
    return {
        "act": "sell",
        "service": track.ids["train"],
        "card": track.ids["cards"][card],
        "credits": count,
    }


def last_credit(
    track: Track, *, mode: str = "shipped", each: int = EACH, pause: float = 0.005
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Sell one credit; then everybody books for the card at once."""
    assert words(track.race([[selling(track, 1)]])[0]) == {"done": 1}
    lanes = [[for_card(track, lane, n) for n in range(each)] for lane in range(PROCESSES)]
    outcomes, found = track.race(
        lanes, mode=mode, CLIENTELA_FAILPOINTS=f"booking.redeem.planned=sleep:{pause}"
    )
    return outcomes, found["credits"]


def sound(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in SOUND}


@pytest.mark.req("CON-08")
def test_of_a_hundred_who_book_on_the_last_credit_one_uses_it(track: Track) -> None:
    outcomes, found = last_credit(track)
    assert words(outcomes) == {"done": EACH * PROCESSES}
    assert sum(one["redemption"] == "redeemed" for one in outcomes) == 1
    assert (found["redeemed"], found["pending"], found["standing"]) == (
        1,
        EACH * PROCESSES - 1,
        1,
    )
    assert sound(found) == SOUND
    assert sum(one["collided"] for one in outcomes) == 0  # the lock held; nobody had to try again


@on_postgresql
@pytest.mark.req("CON-08")
def test_without_the_lock_the_database_refuses_and_the_booking_stays_pending(
    track: Track,
) -> None:
    # One booking each, and time for all between planning and writing, as below: nobody misses the others. With more
    # than one each, those that come later meet over the markers of the first ones, which the same lock keeps in order.
    outcomes, found = last_credit(track, mode="forgetful", each=1, pause=1.0)
    assert words(outcomes) == {"done": PROCESSES}
    assert sum(one["collided"] for one in outcomes) > 0
    assert (found["redeemed"], found["standing"], found["doubled"]) == (1, 1, 0)


@on_postgresql
@pytest.mark.req("CON-08")
def test_without_the_lock_and_the_database_the_credit_is_used_twice(track: Track) -> None:
    # Between planning and writing there is time for all: what is shown must not hang on who is quick.
    _, found = last_credit(track, mode="spendthrift", each=8, pause=0.5)
    assert found["doubled"] >= 1


@pytest.mark.req("CON-08")
def test_booking_moving_cancelling_selling_and_voiding_for_one_client_never_wait_in_a_ring(
    track: Track,
) -> None:
    print("seed 8")
    draw = random.Random(8)  # noqa: S311 -- not a secret
    seats = [for_card(track, lane, n) for lane in range(PROCESSES) for n in range(2)]
    sitting = [one["appointment"] for one in track.race([seats])[0]]
    sales = [one["sale"] for one in track.race([[selling(track, 2) for _ in range(4)]])[0]]

    def act(lane: int, n: int) -> dict[str, Any]:
        anyone = draw.randrange(PROCESSES)
        return draw.choice(
            [
                for_card(track, anyone, 2 + n),
                for_card(track, lane, 20 + n),
                selling(track, draw.randrange(1, 4)),
                {"act": "void", "sale": draw.choice(sales)},
                {"act": "cancel", "appointment": draw.choice(sitting)},
                {
                    "act": "move",
                    "appointment": draw.choice(sitting),
                    "starts_at": start_of(draw.randrange(48, 148)),
                },
            ]
        )

    lanes = [[act(lane, n) for n in range(12 * SCALE)] for lane in range(PROCESSES)]
    outcomes, found = track.race(lanes, CLIENTELA_FAILPOINTS="booking.redeem.planned=sleep:0.003")
    assert set(words(outcomes)) <= {"done", "slot-taken", "not-open", "sale-ended", "stale-state"}
    assert sound(found["credits"]) == SOUND
    assert found["credits"]["standing"] == found["credits"]["redeemed"]
    assert (found["overlaps"], found["masks"]) == (0, True)
    assert max(one["seconds"] for one in outcomes) < 20


@pytest.mark.req("CON-08")
def test_a_card_joined_to_another_meanwhile_loses_no_credit_and_no_booking(track: Track) -> None:
    cards = track.ids["cards"]
    lanes = [
        [
            turn
            for n in range(6)
            for turn in (
                for_card(track, lane, n, card=(lane + n) % 4),
                selling(track, 1, card=(lane + n + 1) % 4),
            )
        ]
        for lane in range(PROCESSES - 1)
    ]
    joins = [{"act": "join", "card": cards[n], "into": cards[0]} for n in (1, 2, 3)]
    outcomes, found = track.race(
        [*lanes, joins], CLIENTELA_FAILPOINTS="booking.redeem.planned=sleep:0.005"
    )
    assert words(outcomes) == {"done": len(outcomes)}
    assert sound(found["credits"]) == SOUND
    assert (found["credits"]["redeemed"], found["credits"]["pending"]) == (18, 0)


@pytest.mark.req("CRA-01")
@pytest.mark.parametrize("place", ["booking.redeem.planned", "booking.redeem.between"])
def test_a_booker_killed_while_redeeming_leaves_neither_booking_nor_redemption(
    track: Track, place: str
) -> None:
    track.race([[selling(track, 2)]])
    outcomes, found = track.race(
        [[for_card(track, 0, 0)], [for_card(track, 1, 0)]],
        CLIENTELA_FAILPOINTS=f"{place}=kill9",
    )
    assert words(outcomes) == {"killed": 2}
    assert (found["open"], found["credits"]["standing"]) == (0, 0)
    again, found = track.race([[for_card(track, 0, 0)]])
    assert (words(again), found["credits"]["redeemed"]) == ({"done": 1}, 1)


@pytest.mark.req("CRA-01")
def test_a_cancelling_killed_before_its_end_gave_nothing_back(track: Track) -> None:
    booked, _ = track.race([[selling(track, 1), for_card(track, 0, 0)]])
    cancel = {"act": "cancel", "appointment": booked[1]["appointment"]}
    outcomes, found = track.race(
        [[cancel]], CLIENTELA_FAILPOINTS="booking.cancel.before-commit=kill9"
    )
    assert words(outcomes) == {"killed": 1}
    assert (found["open"], found["credits"]["redeemed"], found["credits"]["standing"]) == (1, 1, 1)
    again, found = track.race([[cancel]])
    assert (words(again), found["credits"]["standing"]) == ({"done": 1}, 0)
