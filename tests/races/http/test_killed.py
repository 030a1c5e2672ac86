"""kill -9 in the middle of booking: a web process, the whole server, the worker.

Clients book, move and cancel over sockets all the while. Whatever was acknowledged is in the database
afterwards, whatever was not is there wholly or not at all, and who got no answer asks again with the same
key and has exactly one appointment.
"""

from __future__ import annotations

import random  # noqa: TID251 -- a seeded schedule of kills; the seed is printed
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from tests.commands.running import eventually
from tests.races.http import crowd, witness
from tests.races.http.arena import SLUG, Arena, kill
from tests.races.track import SCALE, start_of

pytestmark = [pytest.mark.race, pytest.mark.slow]

SEED = 20261122
LANES = 6
KILLS = 3 * SCALE
SERVER_KILLS = 2 * min(SCALE, 50)
WORKER_KILLS = 2 * min(SCALE, 25)
PER_KILL = 8
"""How many bookings each lane has for each kill: enough to be busy until the last."""
SENT_SECONDS = 300


def lanes(arena: Arena, count: int, *, of: str = "") -> list[list[crowd.Wish]]:
    """Each lane books for people of its own; every third start is wanted by another lane, too."""
    return [
        [
            crowd.booking(
                SLUG,
                f"Guest {of}{lane} {n}",
                service=arena.track.ids["any"],
                start=start_of((lane * count + n) % 900),
                key=f"{of}{lane}-{n}",
            )
            for n in range(count)
        ]
        for lane in range(LANES)
    ]


@contextmanager
def storm(
    arena: Arena, wishes: list[list[crowd.Wish]], *, comes_back: bool
) -> Iterator[Future[list[crowd.Answer]]]:
    """Let the lanes book while the test does its worst."""
    with ThreadPoolExecutor(1) as other:
        yield other.submit(crowd.in_lanes, arena.port, wishes, comes_back=comes_back)


def strike(
    rain: Future[list[crowd.Answer]], draw: random.Random, times: int, blow: Callable[[], object]
) -> int:
    """Strike at random moments while it rains; return how often that was."""
    struck = 0
    time.sleep(draw.uniform(0.2, 0.6))
    while struck < times and not rain.done():
        blow()
        struck += 1
        time.sleep(draw.uniform(0.1, 1.5))
    return struck


def ask_again(arena: Arena, answers: list[crowd.Answer]) -> list[crowd.Answer]:
    """Who got no answer sends the very same request once more."""
    lost = [answer.wish for answer in answers if answer.status == crowd.LOST]
    return crowd.in_lanes(arena.port, [lost]) if lost else []


def assert_nothing_lost(arena: Arena, answers: list[crowd.Answer]) -> None:
    """What was acknowledged is there, and only that: unanswered wishes have been answered since."""
    acknowledged = [answer.body["id"] for answer in crowd.won(answers)]
    assert witness.ids(arena.url, witness.EVERY) == set(acknowledged)
    assert witness.count(arena.url, witness.OVERLAPS) == 0
    assert witness.broken(arena.url) == []


@pytest.mark.req("CRA-01")
def test_a_web_process_killed_while_booking_loses_nothing_that_was_acknowledged(
    arena: Arena,
) -> None:
    draw = random.Random(SEED)  # noqa: S311 -- a repeatable schedule, no secret
    arena.serve()
    with storm(arena, lanes(arena, PER_KILL * KILLS), comes_back=True) as rain:
        kills = strike(rain, draw, KILLS, lambda: kill(draw.choice(arena.web_workers())))
        answers = rain.result()
    again = ask_again(arena, answers)
    print(f"seed {SEED}: {kills} kills, {crowd.words(answers)}, asked again {crowd.words(again)}")
    assert kills >= 1
    assert set(crowd.words(answers)) <= {"0", "201"}
    assert set(crowd.words(again)) <= {"201"}
    assert_nothing_lost(arena, [*answers, *again])


@pytest.mark.req("CRA-02")
def test_the_whole_server_killed_while_booking_comes_back_with_all_that_was_acknowledged(
    arena: Arena,
) -> None:
    draw = random.Random(SEED)  # noqa: S311 -- a repeatable schedule, no secret
    ready = [arena.serve()]
    answers: list[crowd.Answer] = []
    for turn in range(SERVER_KILLS):
        with storm(arena, lanes(arena, 200, of=f"{turn}-"), comes_back=False) as rain:
            time.sleep(draw.uniform(0.3, 1.5))
            arena.kill()
            answers += rain.result()
        acknowledged = {answer.body["id"] for answer in crowd.won(answers)}
        assert witness.ids(arena.url, witness.EVERY) >= acknowledged
        ready.append(arena.serve())
        again = ask_again(arena, answers)
        assert set(crowd.words(again)) <= {"201", "409 slot-taken"}
        answers = [answer for answer in answers if answer.status != crowd.LOST] + again
    print(
        f"seed {SEED}: {SERVER_KILLS} kills, {crowd.words(answers)}, "
        f"answered again after {max(ready[1:]):.1f} s at most"
    )
    assert crowd.won(answers)
    assert_nothing_lost(arena, answers)


@pytest.mark.req("CRA-01")
def test_the_worker_killed_while_people_book_tells_each_of_them_once(arena: Arena) -> None:
    draw = random.Random(SEED)  # noqa: S311 -- a repeatable schedule, no secret
    arena.serve()
    with storm(arena, lanes(arena, PER_KILL * WORKER_KILLS), comes_back=False) as rain:
        kills = strike(
            rain, draw, WORKER_KILLS, lambda: [kill(one) for one in arena.message_workers()]
        )
        answers = rain.result()
    print(f"seed {SEED}: {kills} kills, {crowd.words(answers)}")
    assert kills >= 1
    assert set(crowd.words(answers)) == {"201"}
    eventually(
        lambda: (
            not witness.count(arena.url, witness.UNHEARD)
            and not witness.count(arena.url, witness.UNSENT)
        ),
        within=SENT_SECONDS,
    )
    told = dict(witness.rows(arena.url, witness.CONFIRMATIONS))
    assert len(told) == len(answers)
    assert set(told.values()) == {1}
    assert witness.rows(arena.url, witness.MAIL_TWICE) == []
    assert_nothing_lost(arena, answers)


@pytest.mark.req("CRA-04")
@pytest.mark.parametrize("turn", [1, 4])
def test_a_process_that_dies_just_before_it_commits_has_booked_nothing(
    arena: Arena, turn: int
) -> None:
    """Also the negative control of the others: the kill does hit, and that client gets no answer."""
    arena.serve(CLIENTELA_FAILPOINTS=f"booking.book.before-commit=kill9@{turn}")
    wish = lanes(arena, 1)[0][0]
    one = [wish] if turn == 1 else []
    others = [other for lane in lanes(arena, turn + 4, of="b") for other in lane]
    answers = crowd.in_lanes(arena.port, [[*one, *others]], comes_back=True)
    lost = [answer for answer in answers if answer.status == crowd.LOST]
    assert lost
    acknowledged = {answer.body["id"] for answer in crowd.won(answers)}
    assert witness.ids(arena.url, witness.EVERY) == acknowledged
    assert witness.broken(arena.url) == []
