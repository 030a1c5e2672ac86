"""Races of real processes on the engine of this run. ``make prove-all`` runs a hundred times as many attempts.

Every race is checked in plain SQL, and the first has its negative controls: with lock and check switched off
the database's guard alone still holds, and without the guard the double booking does appear.
"""

from __future__ import annotations

import random  # noqa: TID251 -- a seeded driver; the seed is printed
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.races.track import PROCESSES, SCALE, Track, start_of, words

pytestmark = [pytest.mark.race, pytest.mark.slow]

SLOTS = 5
FINE = {"overlaps": 0, "overfull": 0, "unheld": 0, "masks": True}


def wish(track: Track, service: str, starts_at: str, who: str, **more: Any) -> dict[str, Any]:
    return {
        "act": "book",
        "service": track.ids[service],
        "starts_at": starts_at,
        "who": who,
        **more,
    }


def sound(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in FINE}


def rush(
    track: Track, *, rounds: int, mode: str = "shipped"
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Everybody wants the same slots in the same order."""
    lanes = [
        [
            wish(track, "one", start_of(slot), f"Runner {lane} {slot} {turn}")
            for slot in range(SLOTS)
            for turn in range(rounds)
        ]
        for lane in range(PROCESSES)
    ]
    return track.race(lanes, mode=mode, CLIENTELA_FAILPOINTS="booking.book.won=sleep:0.01")


@pytest.mark.req("CON-01")
def test_of_many_who_want_one_slot_exactly_one_gets_it(track: Track) -> None:
    outcomes, found = rush(track, rounds=2 * SCALE)
    assert words(outcomes) == {
        "done": SLOTS,
        "slot-taken": SLOTS * (PROCESSES * 2 * SCALE - 1),
    }
    assert all(one["alternatives"] > 0 for one in outcomes if one["outcome"] == "slot-taken")
    assert (sound(found), found["open"], found["clients"]) == (FINE, SLOTS, SLOTS)


@pytest.mark.req("CON-01")
def test_without_lock_and_check_the_databases_guard_still_holds(track: Track) -> None:
    outcomes, found = rush(track, rounds=1, mode="blind")
    assert words(outcomes) == {"done": SLOTS, "slot-taken": SLOTS * (PROCESSES - 1)}
    assert sound(found) == FINE


@pytest.mark.req("CON-02")
def test_without_the_guard_as_well_the_double_booking_appears(track: Track) -> None:
    outcomes, found = rush(track, rounds=1, mode="bare")
    assert words(outcomes)["done"] > SLOTS
    assert found["overlaps"] >= 1


@pytest.mark.req("CON-03")
def test_overlapping_starts_and_lengths_never_overlap_in_the_end(track: Track) -> None:
    print("seed 3")
    draw = random.Random(3)  # noqa: S311 -- not a secret
    lanes = [
        [
            wish(
                track,
                draw.choice(["one", "long", "short"]),
                start_of(draw.randrange(48), minutes=5),
                f"Runner {lane} {n}",
            )
            for n in range(8 * SCALE)
        ]
        for lane in range(PROCESSES)
    ]
    outcomes, found = track.race(lanes)
    assert set(words(outcomes)) == {"done", "slot-taken"}
    assert (sound(found), found["open"]) == (FINE, words(outcomes)["done"])


@pytest.mark.req("CON-04")
def test_moving_booking_and_cancelling_in_a_triangle_loses_nobody(track: Track) -> None:
    print("seed 4")
    draw = random.Random(4)  # noqa: S311 -- not a secret
    seats = [wish(track, "one", start_of(slot), f"Sitting {slot}") for slot in range(6)]
    sitting = [one["appointment"] for one in track.race([seats])[0]]
    lanes = [
        [
            draw.choice(
                [
                    {
                        "act": "move",
                        "appointment": draw.choice(sitting),
                        "starts_at": start_of(draw.randrange(8)),
                        "who": "desk",
                    },
                    wish(track, "one", start_of(draw.randrange(8)), f"Runner {lane} {n}"),
                    {
                        "act": "move",
                        "appointment": draw.choice(sitting),
                        "starts_at": start_of(draw.randrange(8)),
                        "who": "desk",
                    },
                ]
            )
            for n in range(8 * SCALE)
        ]
        for lane in range(PROCESSES)
    ]
    outcomes, found = track.race(lanes)
    assert set(words(outcomes)) <= {"done", "slot-taken"}
    booked = sum("token" in one for one in outcomes)
    assert (sound(found), found["open"]) == (FINE, 6 + booked)
    assert max(one["seconds"] for one in outcomes) < 10


@pytest.mark.req("CON-05")
def test_of_two_answers_to_a_request_one_counts_and_the_other_is_told(track: Track) -> None:
    asked = [wish(track, "talk", start_of(slot), f"Asking {slot}") for slot in range(4 * SCALE)]
    requests = [one["appointment"] for one in track.race([asked])[0]]
    lanes = [
        [{"act": act, "appointment": one, "who": act} for one in requests]
        for act in ("confirm", "decline", "confirm", "cancel")
    ]
    outcomes, found = track.race(lanes)
    assert set(words(outcomes)) <= {"done", "not-open", "stale-state"}
    assert sound(found) == FINE


@pytest.mark.req("CON-06")
def test_series_and_single_bookings_share_a_calendar(track: Track) -> None:
    weekly = [
        {
            "act": "series",
            "service": track.ids["one"],
            "starts_at": start_of(n),
            "count": 8,
            "who": f"Series {n}",
        }
        for n in range(2 * SCALE)
    ]
    singles = [
        wish(
            track,
            "one",
            (datetime.fromisoformat(start_of(n % 2)) + timedelta(weeks=n)).isoformat(),
            f"Single {n}",
        )
        for n in range(8)
    ]
    outcomes, found = track.race([weekly, singles, weekly[::-1]])
    assert set(words(outcomes)) <= {"done", "slot-taken", "series-refused"}
    booked = sum(one.get("booked", 0) + ("token" in one) for one in outcomes)
    assert (sound(found), found["open"]) == (FINE, booked)


@pytest.mark.req("CON-07")
def test_a_group_of_ten_seats_seats_exactly_ten(track: Track) -> None:
    lanes = [
        [
            wish(track, "walk", start_of(slot), f"Walker {lane} {slot} {n}")
            for slot in range(2 * SCALE)
            for n in range(4)
        ]
        for lane in range(PROCESSES)
    ]
    outcomes, found = track.race(lanes)
    assert words(outcomes) == {"done": 20 * SCALE, "session-full": 12 * SCALE}
    assert sound(found) == FINE


@pytest.mark.req("CON-12")
def test_one_key_in_parallel_acts_once_and_answers_the_same(track: Track) -> None:
    lanes = [
        [
            wish(track, "one", start_of(slot), f"Same {slot}", key=f"key-{slot}")
            for slot in range(6 * SCALE)
        ]
        for _ in range(PROCESSES)
    ]
    outcomes, found = track.race(lanes)
    assert words(outcomes) == {"done": 6 * SCALE * PROCESSES}
    assert len({one["token"] for one in outcomes}) == 6 * SCALE
    assert sum(not one["replayed"] for one in outcomes) == 6 * SCALE
    assert (sound(found), found["open"], found["clients"]) == (FINE, 6 * SCALE, 6 * SCALE)


@pytest.mark.req("CON-14")
def test_any_professional_is_shared_out_evenly_under_load(track: Track) -> None:
    week = 7 * 24 * 2  # half hours
    per_lane = 12 * min(SCALE, 4)
    lanes = [
        [
            wish(track, "any", start_of((lane * per_lane + n) % week), f"Any {lane} {n}")
            for n in range(per_lane)
        ]
        for lane in range(PROCESSES)
    ]
    outcomes, found = track.race(lanes)
    assert words(outcomes) == {"done": PROCESSES * per_lane}
    assert sound(found) == FINE
    assert len(found["by_person"]) == 10
    assert max(found["by_person"]) - min(found["by_person"]) <= 1


@pytest.mark.req("CON-14")
def test_any_fills_every_professional_and_then_says_taken(track: Track) -> None:
    lanes = [
        [wish(track, "any", start_of(0), f"Any {lane} {n}") for n in range(4)]
        for lane in range(PROCESSES)
    ]
    outcomes, found = track.race(lanes)
    assert words(outcomes) == {"done": 10, "slot-taken": 6}
    assert sound(found) == FINE


@pytest.mark.req("CON-10")
def test_an_absence_added_meanwhile_either_comes_later_or_is_heeded(track: Track) -> None:
    bookers = [
        [wish(track, "one", start_of(slot), f"Runner {lane} {slot}") for slot in range(0, 12, 2)]
        for lane in range(PROCESSES - 1)
    ]
    absences = [
        {
            "act": "away",
            "professional": track.ids["people"][0],
            "starts_at": start_of(slot),
            "who": "desk",
        }
        for slot in range(0, 12, 2)
    ]
    outcomes, found = track.race([*bookers, absences])
    assert set(words(outcomes)) <= {"done", "slot-taken", "time-off"}
    assert sound(found) == FINE
    assert found["open"] == words(outcomes)["done"] - len(absences)


@pytest.mark.req("CRA-01", "CRA-04")
@pytest.mark.parametrize(
    "place",
    ["booking.before-lock", "booking.book.won", "booking.book.before-commit"],
)
def test_a_booker_killed_at_any_place_leaves_nothing_half_done(track: Track, place: str) -> None:
    lanes = [
        [wish(track, "one", start_of(slot), f"Runner {lane} {slot}") for slot in range(4)]
        for lane in range(2)
    ]
    outcomes, found = track.race(lanes, CLIENTELA_FAILPOINTS=f"{place}=kill9@3")
    counted = words(outcomes)
    assert counted["killed"] >= 1
    assert (sound(found), found["open"]) == (FINE, counted.get("done", 0))


@pytest.mark.req("CRA-01")
@pytest.mark.parametrize("act", ["move", "cancel"])
def test_a_change_killed_before_its_end_never_happened(track: Track, act: str) -> None:
    seats = [wish(track, "one", start_of(slot), f"Sitting {slot}") for slot in range(2)]
    sitting = [one["appointment"] for one in track.race([seats])[0]]
    place = "booking.reschedule.before-commit" if act == "move" else "booking.cancel.before-commit"
    change = {"act": act, "appointment": sitting[0], "starts_at": start_of(9), "who": "desk"}
    outcomes, found = track.race([[change]], CLIENTELA_FAILPOINTS=f"{place}=kill9")
    assert words(outcomes) == {"killed": 1}
    assert (sound(found), found["open"]) == (FINE, 2)
    again, found = track.race([[wish(track, "one", start_of(0), "Late")]])
    assert words(again) == {"slot-taken": 1}
