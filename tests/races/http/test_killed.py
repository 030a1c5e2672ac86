"""kill -9 in the middle of booking: a web process, the whole server, the worker.

Clients book over sockets all the while. Whatever was acknowledged is in the database afterwards, what was not
is there wholly or not at all, and who got no answer asks again with the same key and has exactly one
appointment.
"""

from __future__ import annotations

import random  # noqa: TID251 -- a seeded schedule of kills; the seed is printed
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
from tests.commands.running import eventually
from tests.races.http import crowd, witness
from tests.races.http.arena import READY_SECONDS, SLUG, Arena, kill
from tests.races.track import SCALE, start_of

pytestmark = [pytest.mark.race, pytest.mark.slow]

SEED = 20261122
LANES = 4
KILLS = 2 * min(SCALE, 50)
SERVER_KILLS = min(SCALE, 50)
HALF_HOURS_OF_A_YEAR = 2 * 24 * 365
STEADY_SECONDS = 6.0
"""The web server takes a process that dies again sooner for a crash loop, and ends: systemd's business."""
SENT_SECONDS = 300
AFTER_EVERY_LEASE = timedelta(hours=1)
AFTER_EVERY_PAUSE = timedelta(hours=2)
"""A mail that a kill interrupted is found when its lease ends, and sent once more after a pause of minutes."""


@contextmanager
def storm(
    arena: Arena, name: str, *, comes_back: bool, calm: Event | None = None
) -> Iterator[list[crowd.Answer]]:
    """Let people book while the test does its worst; their answers are in the list at the end.

    While it is ``calm`` nobody begins anew.
    """
    told: list[crowd.Answer] = []
    enough, calm = Event(), calm or Event()
    people = [
        patient(guests(arena, f"{name} {lane}", seed=f"{name} {lane}"), calm)
        for lane in range(LANES)
    ]
    with ThreadPoolExecutor(1) as other:
        rain = other.submit(
            crowd.in_lanes, arena.port, people, comes_back=comes_back, enough=enough
        )
        time.sleep(0.3)
        try:
            yield told
        finally:
            calm.clear()
            enough.set()
            told += rain.result()


def patient(people: Iterator[crowd.Wish], calm: Event) -> Iterator[crowd.Wish]:
    """Let each of them wait while it is calm."""
    for one in people:
        while calm.is_set():
            time.sleep(0.02)
        yield one


def guests(arena: Arena, name: str, *, seed: str) -> Iterator[crowd.Wish]:
    """People without end, each with a key, at starts drawn from a year."""
    draw = random.Random(f"{SEED} {seed}")  # noqa: S311 -- not a secret
    number = 0
    while True:
        number += 1
        yield crowd.booking(
            SLUG,
            f"Guest {name} {number}",
            service=arena.track.ids["any"],
            start=start_of(draw.randrange(HALF_HOURS_OF_A_YEAR)),
            key=f"{name}-{number}",
        )


def asked_again(arena: Arena, answers: list[crowd.Answer]) -> list[crowd.Answer]:
    """Who got no answer sends the very same request once more; return everybody's last answer."""
    lost = [answer.wish for answer in answers if answer.status == crowd.LOST]
    again = crowd.in_lanes(arena.port, [lost]) if lost else []
    print(f"seed {SEED}: {crowd.words(answers)}, asked again {crowd.words(again)}")
    assert len(again) == len(lost)
    return [answer for answer in answers if answer.status != crowd.LOST] + again


def assert_nothing_lost(arena: Arena, answers: list[crowd.Answer], before: set[str]) -> None:
    """Everybody was told yes in the end, and the database holds those appointments and no others."""
    assert set(crowd.words(answers)) == {"201"}
    assert len({answer.body["id"] for answer in answers}) == len(answers)
    assert witness.ids(arena.url, witness.EVERY) - before == {one.body["id"] for one in answers}
    assert witness.count(arena.url, witness.OVERLAPS) == 0
    assert witness.broken(arena.url) == []


@pytest.mark.req("CRA-01")
def test_web_processes_killed_while_people_book_lose_nothing_acknowledged(
    shipped: Arena,
) -> None:
    draw = random.Random(SEED)  # noqa: S311 -- a repeatable schedule, no secret
    before = witness.ids(shipped.url, witness.EVERY)
    calm = Event()
    with storm(shipped, "web", comes_back=True, calm=calm) as answers:
        for number in range(KILLS):
            victim = min(
                shipped.web_workers()
            )  # the older one: by the second time it has everybody
            kill(victim)
            eventually(
                lambda: len(set(shipped.web_workers()) - {victim}) == 2,  # noqa: B023 -- asked at once
                within=READY_SECONDS,
            )
            time.sleep(0.3)  # the one that took its place is booked with, too
            if number < KILLS - 1:
                calm.set()
                time.sleep(STEADY_SECONDS + draw.random())
                calm.clear()
                time.sleep(0.3)
    print(f"{KILLS} web processes killed")
    assert any(answer.status == crowd.LOST for answer in answers)
    assert_nothing_lost(shipped, asked_again(shipped, answers), before)


@pytest.mark.req("CRA-02")
def test_the_whole_server_killed_while_people_book_comes_back_with_all_it_acknowledged(
    shipped: Arena,
) -> None:
    draw = random.Random(SEED)  # noqa: S311 -- a repeatable schedule, no secret
    before = witness.ids(shipped.url, witness.EVERY)
    everybody: list[crowd.Answer] = []
    ready = []
    for turn in range(SERVER_KILLS):
        with storm(shipped, f"server {turn}", comes_back=False) as answers:
            time.sleep(draw.uniform(0.3, 1.5))
            shipped.kill()
        acknowledged = {answer.body["id"] for answer in crowd.won(answers)}
        assert witness.ids(shipped.url, witness.EVERY) >= acknowledged
        ready.append(shipped.serve())
        everybody += asked_again(shipped, answers)
    print(f"{SERVER_KILLS} servers killed; answered again after {max(ready):.1f} s at most")
    assert_nothing_lost(shipped, everybody, before)


@pytest.mark.req("CRA-04")
def test_a_process_that_dies_just_before_it_commits_has_booked_nothing(shipped: Arena) -> None:
    """Also the negative control of the others: this kill does hit a booking, whose client gets no answer."""
    before = witness.ids(shipped.url, witness.EVERY)
    shipped.stop()
    shipped.serve("--workers", "1", CLIENTELA_FAILPOINTS="booking.book.before-commit=kill9@3")
    people = guests(shipped, "third", seed="third")
    answers = crowd.in_lanes(shipped.port, [people])
    shipped.kill()
    assert [answer.status for answer in answers] == [201, 201, crowd.LOST]
    assert witness.ids(shipped.url, witness.EVERY) - before == {
        answer.body["id"] for answer in answers[:2]
    }
    shipped.serve()
    assert_nothing_lost(shipped, asked_again(shipped, answers), before)


@pytest.mark.req("CRA-01")
def test_the_worker_killed_while_people_book_tells_each_of_them_once(shipped: Arena) -> None:
    """The last of this file: it leaves the server closed."""
    draw = random.Random(SEED)  # noqa: S311 -- a repeatable schedule, no secret
    before = witness.ids(shipped.url, witness.EVERY)
    with storm(shipped, "worker", comes_back=False) as answers:
        for _ in range(KILLS):
            eventually(shipped.message_workers, within=READY_SECONDS)
            time.sleep(draw.uniform(0.5, 2))
            kill(shipped.message_workers()[0])
    print(f"{KILLS} workers killed, {len(answers)} booked")
    assert_nothing_lost(shipped, answers, before)
    shipped.stop()
    with shipped.worker_later(AFTER_EVERY_LEASE):
        eventually(lambda: all_tried(shipped), within=SENT_SECONDS)
    with shipped.worker_later(AFTER_EVERY_PAUSE):
        eventually(lambda: all_told(shipped), within=SENT_SECONDS)
    told = {
        str(witness.as_id(key)): times
        for key, times in witness.rows(shipped.url, witness.CONFIRMATIONS)
    }
    assert {told[answer.body["id"]] for answer in answers} == {1}
    assert witness.rows(shipped.url, witness.MAIL_TWICE) == []


def all_tried(arena: Arena) -> bool:
    """Whether no event is left unheard, and what is not settled waits only because it was interrupted."""
    return not witness.count(arena.url, witness.UNHEARD) and not witness.count(
        arena.url, witness.UNTRIED
    )


def all_told(arena: Arena) -> bool:
    """Whether no event is left unheard and no message unsettled."""
    return not witness.count(arena.url, witness.UNHEARD) and not witness.count(
        arena.url, witness.UNSENT
    )
