"""The worker and its recurring work."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from clientela.platform import jobs
from clientela.platform.jobs import DueWork, WorkerHeartbeat, due_work, worker_is_alive
from clientela.platform.tenancy import current_scope
from clientela.platform.worker import Worker

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _no_chores_but_ours(monkeypatch) -> None:
    monkeypatch.setattr(jobs, "_chores", {})


def counting(name: str, every: timedelta, answers: list[int]) -> list[datetime]:
    """Register a chore that answers these figures in turn, then 0; return the list of moments it ran at."""
    ran: list[datetime] = []

    @due_work(name, every=every)
    def run(now: datetime) -> int:
        ran.append(now)
        return answers.pop(0) if answers else 0

    return ran


def test_quick_work_is_asked_again_at_once_after_work_and_else_when_its_time_has_come(now) -> None:
    ran = counting("quick", timedelta(seconds=5), [2, 1, 0, 0])
    worker = Worker()
    seconds = [0, 0, 0, 1, 4, 5]
    done = [worker.run_once(now + timedelta(seconds=second)) for second in seconds]

    assert done == [2, 1, 0, 0, 0, 0]
    assert ran == [now, now, now, now + timedelta(seconds=5)]
    assert not DueWork.objects.exists()


def test_rare_work_runs_once_per_installation_however_many_workers_there_are(now) -> None:
    ran = counting("rare", timedelta(hours=6), [])
    for moment in (now, now + MINUTE, now + timedelta(hours=6)):
        for worker in (Worker(), Worker(), Worker()):
            worker.run_once(moment)

    assert ran == [now, now + timedelta(hours=6)]


def test_rare_work_that_found_something_is_asked_again_at_once(now) -> None:
    ran = counting("rare", timedelta(hours=6), [1000, 3])
    worker = Worker()

    assert [worker.run_once(now) for _ in range(4)] == [1000, 3, 0, 0]
    assert len(ran) == 3


def test_rare_work_is_not_lost_when_the_clock_is_set_back(now) -> None:
    ran = counting("rare", timedelta(hours=6), [])
    Worker().run_once(now)
    Worker().run_once(now - timedelta(days=365))

    assert len(ran) == 2


def test_quick_work_is_not_lost_when_the_clock_is_set_back(now) -> None:
    ran = counting("quick", timedelta(seconds=5), [])
    worker = Worker()
    worker.run_once(now)
    worker.run_once(now - timedelta(days=365))

    assert len(ran) == 2


@pytest.mark.parametrize("every", [timedelta(seconds=5), timedelta(hours=1)])
def test_failing_work_is_shown_does_not_stop_others_and_is_forgotten_once_it_works(
    now, every
) -> None:
    broken = [True]

    @due_work("a-broken", every=every)
    def fails(_now: datetime) -> int:
        if broken[0]:
            raise ValueError("anna@example.org")
        return 0

    ran = counting("b-sound", every, [])
    worker = Worker()
    worker.run_once(now)
    row = DueWork.objects.get(name="a-broken")

    assert (row.failing_since, row.last_error) == (now, "ValueError: [redacted]")
    assert ran == [now]

    worker.run_once(now + every)
    row.refresh_from_db()
    assert row.failing_since == now

    broken[0] = False
    worker.run_once(now + 2 * every)
    row.refresh_from_db()
    assert (row.failing_since, row.last_error, row.last_ok_at) == (None, "", now + 2 * every)


def test_recurring_work_runs_in_the_systems_scope(now) -> None:
    scopes = []

    @due_work("look", every=MINUTE)
    def look(_now: datetime) -> int:
        scopes.append(current_scope())
        return 0

    Worker().run_once(now)

    assert [scope.kind for scope in scopes] == ["system"]
    assert current_scope() is None


def test_a_worker_is_known_to_live_for_a_minute_after_its_last_sign(now) -> None:
    assert not worker_is_alive(now=now)
    worker = Worker()
    worker.run_once(now)

    assert worker_is_alive(now=now + timedelta(seconds=60))
    assert not worker_is_alive(now=now + timedelta(seconds=61))


def test_a_worker_signs_every_ten_seconds_not_every_second(now, django_assert_num_queries) -> None:
    worker = Worker()
    worker.run_once(now)
    with django_assert_num_queries(
        2
    ):  # only the two looks for events: no write, so no sync of the disk
        worker.run_once(now + timedelta(seconds=9))
    worker.run_once(now + timedelta(seconds=10))

    assert WorkerHeartbeat.objects.get().beat_at == now + timedelta(seconds=10)


def test_a_worker_that_is_stopped_takes_its_heartbeat_with_it(monkeypatch) -> None:
    monkeypatch.setattr("clientela.platform.worker.connection", _Connection())
    stop = threading.Event()
    rounds = []

    @due_work("stopper", every=timedelta(seconds=1))
    def stopper(_now: datetime) -> int:
        rounds.append(WorkerHeartbeat.objects.count())
        stop.set()
        return 0

    Worker().run_forever(stop)

    assert rounds == [1]
    assert not WorkerHeartbeat.objects.exists()


def test_a_worker_waits_for_a_database_that_is_away(monkeypatch) -> None:
    stop = threading.Event()
    worker = Worker()
    answers: list[int | Exception] = [OperationalError("gone"), 0]
    monkeypatch.setattr("clientela.platform.worker.DATABASE_GONE_SECONDS", 0.01)
    monkeypatch.setattr("clientela.platform.worker.connection", _Connection())

    def run_once(self: Worker, _now: datetime) -> int:
        answer = answers.pop(0)
        if not answers:
            stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(Worker, "run_once", run_once)
    worker.run_forever(stop)

    assert answers == []


class _Connection:
    """A connection that may be closed inside a test's transaction."""

    def close(self) -> None: ...

    def close_if_unusable_or_obsolete(self) -> None: ...


def test_two_works_cannot_have_one_name() -> None:
    counting("same", MINUTE, [])

    with pytest.raises(TypeError, match="two recurring works"):
        due_work("same", every=MINUTE)(lambda now: 0)
