"""The doctor: each broken thing is one finding with what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

import pytest
from django.db import connection

from clientela.platform import checks, doctor, failpoints, guards, installation
from clientela.platform.actor import Actor
from clientela.platform.doctor import Finding, Grade, examine
from clientela.platform.models import DueWork, OutboxEvent
from clientela.platform.worker import Worker

pytestmark = pytest.mark.django_db
HERE = {
    "database",
    "migrations",
    "guards",
    "worker",
    "outbox",
    "sending",
    "zone-data",
    "clock",
    "disk",
    "secrets",
    "https",
    "clock-skew",
    "backup",
}


def found(name: str, now) -> list[tuple[Grade, str]]:
    return [(finding.grade, finding.text) for finding in examine(now=now) if finding.check == name]


def grades(name: str, now) -> list[Grade]:
    return [grade for grade, _ in found(name, now)]


def test_a_healthy_installation_has_nothing_to_mend(now, monkeypatch, settings, tmp_path) -> None:
    monkeypatch.setattr("clientela.platform.jobs._chores", {})
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    installation.note_backup(by=Actor.system("test"), now=now)
    Worker().run_once(now)
    findings = [finding for finding in examine(now=now) if finding.check in HERE]

    assert {finding.check for finding in findings} == HERE
    assert [finding for finding in findings if finding.grade is not Grade.OK] == []


def test_every_finding_that_is_not_ok_says_what_to_do(now) -> None:
    assert [
        finding for finding in examine(now=now) if finding.grade is not Grade.OK and not finding.fix
    ] == []


def test_a_worker_that_never_ran_or_fell_silent_is_bad(now) -> None:
    assert grades("worker", now) == [Grade.BAD]
    Worker()._beat(now)
    assert grades("worker", now + timedelta(seconds=60)) == [Grade.OK]
    assert found("worker", now + timedelta(hours=3)) == [
        (Grade.BAD, "The worker has been silent for 3 hours.")
    ]


def test_recurring_work_that_fails_is_bad(now) -> None:
    Worker()._beat(now)
    DueWork.objects.create(name="x.y", due_at=now, failing_since=now, last_error="ValueError: x")

    assert grades("worker", now) == [Grade.OK, Grade.BAD]


def test_events_that_wait_too_long_or_were_given_up_are_bad(now) -> None:
    row = OutboxEvent.objects.create(name="x.Y", payload={}, occurred_at=now, due_at=now)
    assert grades("outbox", now + timedelta(minutes=5)) == [Grade.OK]
    assert grades("outbox", now + timedelta(minutes=6)) == [Grade.BAD]

    row.needs_attention_at = now
    row.save()
    assert found("outbox", now + timedelta(days=1)) == [
        (Grade.BAD, "1 events were given up after many attempts.")
    ]


def test_a_missing_guard_is_bad(now) -> None:
    with guards.taken_down("append-only.platform_auditevent", why="test"):
        assert grades("guards", now) == [Grade.BAD]
    assert grades("guards", now) == [Grade.OK]


def test_a_database_without_tables_is_not_called_well_guarded(now, monkeypatch) -> None:
    monkeypatch.setattr(checks.MigrationRecorder, "has_table", lambda _: False)
    assert found("guards", now) == [
        (Grade.BAD, "The database has no tables, so nothing guards it.")
    ]


def test_messages_on_hold_are_said(now) -> None:
    installation.hold_sending(now=now)
    installation.hold_sending(now=now + timedelta(hours=1))

    assert installation.sending_held_since() == now
    assert grades("sending", now) == [Grade.WARN]
    assert installation.release_sending()
    assert not installation.release_sending()
    assert grades("sending", now) == [Grade.OK]


def test_a_moved_clock_and_armed_failpoints_are_said(now, settings) -> None:
    settings.CLIENTELA_NOW = "2026-07-01T12:00:00+00:00"
    failpoints.arm("a.b=raise")
    try:
        assert grades("clock", now) == [Grade.BAD, Grade.WARN]
    finally:
        failpoints.arm("")


@pytest.mark.parametrize(
    ("version", "grade"),
    [
        ("2026b", Grade.OK),
        ("2025.2", Grade.OK),
        ("2023c", Grade.WARN),
        ("unknown", Grade.WARN),
        ("", Grade.WARN),
    ],
)
def test_old_zone_data_is_said(now, monkeypatch, version, grade) -> None:
    monkeypatch.setattr(checks.clock_time, "tzdata_version", lambda: version)

    assert grades("zone-data", now) == [grade]


@pytest.mark.parametrize(
    ("free", "grade"), [(5 << 30, Grade.OK), (500 << 20, Grade.WARN), (50 << 20, Grade.BAD)]
)
def test_a_full_disk_is_said_before_it_is_full(now, monkeypatch, free, grade) -> None:
    monkeypatch.setattr(
        checks.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": free})()
    )

    assert grades("disk", now) == [grade]


def test_a_key_that_others_may_read_is_said(now, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o755)
    key = tmp_path / "secret-key"
    key.write_text("x")
    key.chmod(0o644)
    assert "secret-key" in found("secrets", now)[0][1]

    key.chmod(0o600)
    assert grades("secrets", now) == [Grade.OK]


@pytest.mark.sqlite
def test_a_sqlite_in_write_ahead_mode_without_the_repair_is_bad(now, monkeypatch) -> None:
    monkeypatch.setattr(checks, "sqlite_advice", lambda: "It can lose a commit.")
    monkeypatch.setattr(checks, "connections", {"default": _WriteAhead()})
    findings = list(checks.database_answers(now))

    assert [finding.grade for finding in findings] == [Grade.BAD]


class _WriteAhead:
    """A connection whose database is in write-ahead mode."""

    vendor = "sqlite"

    def cursor(self) -> _WriteAhead:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def execute(self, _sql: str) -> None: ...

    def fetchone(self) -> tuple[str]:
        return ("wal",)


def test_a_question_that_fails_is_a_finding_and_the_others_are_asked(now, monkeypatch) -> None:
    def broken(_now):
        raise ValueError("anna@example.org")

    monkeypatch.setattr(
        doctor, "_checks", {"broken": broken, "sound": lambda _now: [doctor.ok("fine")]}
    )

    assert examine(now=now) == [
        Finding(
            Grade.BAD,
            "This could not be examined: ValueError: [redacted]",
            "See the log.",
            "broken",
        ),
        Finding(Grade.OK, "fine", "", "sound"),
    ]
    assert connection.vendor


def test_what_is_well_outside_is_believed_by_a_page_for_a_while_and_trouble_is_asked_again(
    now, monkeypatch
) -> None:
    answers = iter([doctor.bad("gone", "come back"), doctor.ok("there"), doctor.ok("still there")])
    monkeypatch.setattr(doctor, "_checks", {"far": lambda _now: [next(answers)]})
    monkeypatch.setattr(doctor, "_outside", {"far"})

    def texts(*, afresh: bool) -> list[str]:
        return [finding.text for finding in examine(now=now, afresh=afresh)]

    assert [texts(afresh=False) for _ in range(3)] == [["gone"], ["there"], ["there"]]
    assert texts(afresh=True) == ["still there"]
