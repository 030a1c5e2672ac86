"""Races over real sockets with the shipped server: two web processes, the worker beside them.

The suite runs a fiftieth of the thousand that ``make prove-all`` lets go at once. The witness reads the
database with plain SQL; the negative controls show that these very races do find a double booking.
"""

from __future__ import annotations

import random  # noqa: TID251 -- a seeded driver; the seed is printed
from datetime import datetime, timedelta

import pytest
from tests.races.http import crowd, witness
from tests.races.http.arena import SLUG, Arena
from tests.races.track import SCALE, start_of

pytestmark = [pytest.mark.race, pytest.mark.slow]

FULL = SCALE > 1
CROWD = 1000 if FULL else 20
SLOTS = 20 if FULL else 3
WIDE = {"CLIENTELA_FAILPOINTS": "booking.book.won=sleep:0.02"}
"""What lies between winning a time and writing it down is made longer, so that a hole would show."""


def in_week(week: int, slot: int, *, minutes: int = 30) -> str:
    """Return the n-th start of a week: each race has one of its own."""
    return (
        datetime.fromisoformat(start_of(slot, minutes=minutes)) + timedelta(weeks=week)
    ).isoformat()


def rush(arena: Arena, *, slots: int = SLOTS, people: int = CROWD) -> list[crowd.Answer]:
    """Let everybody want one slot at the same moment, then the next slot."""
    answers: list[crowd.Answer] = []
    for slot in range(slots):
        wishes = [
            crowd.booking(
                SLUG, f"Runner {slot} {n}", service=arena.track.ids["one"], start=in_week(1, slot)
            )
            for n in range(people)
        ]
        answers += crowd.all_at_once(arena.port, wishes)
    return answers


def assert_told_is_written(
    arena: Arena, answers: list[crowd.Answer], *, before: set[str] | None = None
) -> None:
    """Every acknowledged appointment is there, nothing else is, nothing overlaps, every promise is kept."""
    acknowledged = {answer.body["id"] for answer in crowd.won(answers)}
    assert witness.count(arena.url, witness.OVERLAPS) == 0
    assert witness.ids(arena.url, witness.EVERY) - (before or set()) == acknowledged
    assert witness.broken(arena.url) == []


@pytest.mark.req("CON-01")
def test_of_a_crowd_at_one_slot_one_books_and_all_others_are_offered_other_times(
    shipped: Arena,
) -> None:
    before = witness.ids(shipped.url, witness.EVERY)
    clients = witness.ids(shipped.url, witness.CLIENTS)
    answers = rush(shipped)
    print(f"{CROWD} at each of {SLOTS} slots: {crowd.worst(answers)}")
    assert crowd.words(answers) == {"201": SLOTS, "409 slot-taken": SLOTS * (CROWD - 1)}
    assert all(answer.body["alternatives"] for answer in answers if answer.status == 409)
    assert_told_is_written(shipped, answers, before=before)
    assert witness.ids(shipped.url, witness.CLIENTS) - clients == {
        witness.client_of(shipped.url, answer.body["id"]) for answer in crowd.won(answers)
    }


@pytest.mark.req("CON-01")
def test_a_careless_program_is_stopped_by_the_databases_own_guard(arena: Arena) -> None:
    arena.serve_careless(**WIDE)
    answers = rush(arena, slots=3, people=12)
    assert crowd.words(answers) == {"201": 3, "409 slot-taken": 33}
    assert_told_is_written(arena, answers)


@pytest.mark.req("CON-02")
def test_a_careless_program_without_the_guard_does_book_twice(arena: Arena) -> None:
    arena.take_guards_down()
    arena.serve_careless(**WIDE)
    answers = rush(arena, slots=2, people=12)
    assert crowd.words(answers)["201"] > 2
    assert witness.count(arena.url, witness.OVERLAPS) >= 1
    assert any(line.startswith("INV-1") for line in witness.broken(arena.url))


@pytest.mark.req("CON-03")
def test_overlapping_starts_and_lengths_never_overlap_in_the_end(shipped: Arena) -> None:
    seed = 3
    draw = random.Random(seed)  # noqa: S311 -- not a secret
    before = witness.ids(shipped.url, witness.EVERY)
    wishes = [
        crowd.booking(
            SLUG,
            f"Runner {n}",
            service=shipped.track.ids[draw.choice(["one", "long", "short"])],
            start=in_week(3, draw.randrange(36), minutes=5),
        )
        for n in range(1600 if FULL else 48)
    ]
    answers = crowd.all_at_once(shipped.port, wishes)
    print(f"seed {seed}, {crowd.words(answers)}, {crowd.worst(answers)}")
    assert set(crowd.words(answers)) == {"201", "409 slot-taken"}
    assert_told_is_written(shipped, answers, before=before)


@pytest.mark.req("CON-04")
def test_moving_while_others_book_and_leave_loses_nobody(shipped: Arena) -> None:
    """A moves to B's time while B leaves it and C books either: whoever was told yes has what they were told."""
    seed = 4
    draw = random.Random(seed)  # noqa: S311 -- not a secret
    before = witness.ids(shipped.url, witness.EVERY)
    seats = [
        crowd.booking(SLUG, f"Sitting {n}", service=shipped.track.ids["one"], start=in_week(5, n))
        for n in range(6)
    ]
    sitting = {
        answer.body["id"]: answer.body["manage_url"].rstrip("/").rsplit("/", 1)[1]
        for answer in crowd.won(crowd.all_at_once(shipped.port, seats))
    }
    lanes = [triangle(shipped, draw, lane, sitting) for lane in range(8)]
    answers = crowd.in_lanes(shipped.port, lanes)
    print(f"seed {seed}, {crowd.words(answers)}, {crowd.worst(answers)}")
    assert set(crowd.words(answers)) <= {"200", "201", "409 slot-taken"}
    new = {answer.body["id"] for answer in answers if answer.status == 201}
    assert witness.ids(shipped.url, witness.OPEN) - before == set(sitting) | new
    assert witness.count(shipped.url, witness.OVERLAPS) == 0
    assert witness.broken(shipped.url) == []
    assert_each_sits_where_it_was_last_told(shipped, answers)


def triangle(
    shipped: Arena, draw: random.Random, lane: int, sitting: dict[str, str]
) -> list[crowd.Wish]:
    """One lane's wishes: two of three move somebody, one books anew."""
    wishes = []
    for n in range(100 if FULL else 8):
        start = in_week(5, draw.randrange(8))
        if draw.random() < 1 / 3:
            service = shipped.track.ids["one"]
            wishes.append(crowd.booking(SLUG, f"New {lane} {n}", service=service, start=start))
            continue
        one = draw.choice(sorted(sitting))
        wishes.append(crowd.move(SLUG, one, appointment=one, token=sitting[one], start=start))
    return wishes


def assert_each_sits_where_it_was_last_told(shipped: Arena, answers: list[crowd.Answer]) -> None:
    """The yes with the highest sequence is the one that stands, and of each sequence there was one."""
    told: dict[tuple[str, int], set[str]] = {}
    for answer in crowd.won(answers):
        told.setdefault((answer.body["id"], answer.body["sequence"]), set()).add(
            answer.body["start"]
        )
    assert all(len(starts) == 1 for starts in told.values())
    stands = witness.instants(shipped.url)
    for key in {key for key, _ in told}:
        last = max(sequence for other, sequence in told if other == key)
        assert stands[key] == datetime.fromisoformat(told[key, last].pop())


@pytest.mark.req("CON-07")
def test_a_group_of_ten_seats_seats_exactly_ten(shipped: Arena) -> None:
    people = CROWD if FULL else 30
    before = witness.ids(shipped.url, witness.EVERY)
    wishes = [
        crowd.booking(SLUG, f"Walker {n}", service=shipped.track.ids["walk"], start=in_week(1, 0))
        for n in range(people)
    ]
    answers = crowd.all_at_once(shipped.port, wishes)
    assert crowd.words(answers) == {"201": 10, "409 session-full": people - 10}
    assert_told_is_written(shipped, answers, before=before)


@pytest.mark.req("CON-12")
def test_one_key_sent_by_many_at_once_books_once_and_answers_all_alike(shipped: Arena) -> None:
    keys = 200 if FULL else 4
    before = witness.ids(shipped.url, witness.EVERY)
    for key in range(keys):
        same = crowd.booking(
            SLUG,
            f"Patient {key}",
            service=shipped.track.ids["any"],
            start=in_week(7, key),
            key=f"key-{key}",
        )
        answers = crowd.all_at_once(shipped.port, [same] * 20)
        assert crowd.words(answers) == {"201": 20}
        assert len({answer.body["id"] for answer in answers}) == 1
    other = crowd.booking(
        SLUG, "Somebody Else", service=shipped.track.ids["any"], start=in_week(7, 0), key="key-0"
    )
    assert crowd.all_at_once(shipped.port, [other])[0].status == 422
    assert len(witness.ids(shipped.url, witness.EVERY) - before) == keys
    assert witness.broken(shipped.url) == []
