"""The audit: silent about a sound database, and naming each fault that is put into it."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.auditor.conftest import World
from tests.auditor.families import FAMILY_FAULTS
from tests.auditor.ledger_faults import LEDGER_FAULTS, NOBODY
from tests.auditor.merge_faults import MERGE_FAULTS
from tests.auditor.paid import PAID_FAULTS

from clientela import auditor
from clientela.auditor.audit import INVARIANTS, audit, report

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TWO = "SELECT id FROM booking_occupancy WHERE appointment_id IS NOT NULL ORDER BY starts_at"
FAULTS = [
    (
        "INV-1",
        "is taken twice",
        [
            (
                "UPDATE booking_occupancy SET starts_at = (SELECT MIN(starts_at) FROM booking_occupancy) "
                "WHERE id = (SELECT id FROM booking_occupancy WHERE appointment_id IS NOT NULL "
                "ORDER BY starts_at LIMIT 1 OFFSET 1)"
            )
        ],
    ),
    ("INV-2", "seats, but", ["UPDATE booking_session SET seats = 1"]),
    (
        "INV-2",
        "its appointment of",
        ["UPDATE booking_appointment SET session_id = NULL WHERE session_id IS NOT NULL"],
    ),
    ("INV-4", "a state there is not", ["UPDATE booking_appointment SET status = 'lost'"]),
    (
        "INV-4",
        "contradict each other",
        ["UPDATE booking_appointment SET cancelled_at = NULL WHERE status = 'cancelled'"],
    ),
    (
        "INV-4",
        "its professional is not occupied for",
        ["DELETE FROM booking_occupancy WHERE appointment_id IS NOT NULL"],
    ),
    ("INV-4", "without a seat", ["DELETE FROM booking_seat"]),
    (
        "INV-4",
        "still takes a time",
        ["UPDATE booking_appointment SET status = 'cancelled', cancelled_at = created_at"],
    ),
    ("INV-9", "a reason there is not", ["UPDATE notify_message SET reason = 'because'"]),
    (
        "INV-9",
        "queued for no time",
        ["UPDATE notify_message SET reason = 'queued', send_at = NULL"],
    ),
    (
        "INV-9",
        "neither due nor settled",
        ["UPDATE notify_message SET settled_at = NULL, send_at = NULL"],
    ),
    (
        "INV-9",
        "without an attempt that was",
        ["UPDATE notify_attempt SET outcome = 'retry'"],
    ),
    (
        "INV-9",
        "no receipt says so",
        ["UPDATE notify_message SET reason = 'delivered' WHERE reason = 'handed_over'"],
    ),
    (
        "INV-10",
        "without their word",
        ["UPDATE notify_message SET consent_id = NULL"],
    ),
    (
        "INV-10",
        "to an address that was stopped",
        [
            (
                "INSERT INTO notify_addressstate (id, business_id, channel, address, trouble, because, detail, since) "
                "SELECT id, business_id, channel, LOWER(address), 'stopped', 'keyword', '', '2020-01-01' "
                "FROM notify_message WHERE reason = 'handed_over' LIMIT 1"
            )
        ],
    ),
    (
        "INV-10",
        "who had been erased",
        ["UPDATE people_client SET erased_at = '2020-01-01'"],
    ),
    (
        "INV-11",
        "of another business",
        [
            (
                "UPDATE booking_appointment SET client_id = (SELECT c.id FROM people_client c JOIN business_business b "
                "ON b.id = c.business_id WHERE b.slug = 'salon-next-door')"
            )
        ],
    ),
    (
        "INV-13",
        "was promised for 2027-11-24T03:00",
        ["UPDATE booking_appointment SET promised_local = '2027-11-24T03:00'"],
    ),
    (
        "INV-13",
        "session",
        ["UPDATE booking_session SET promised_zone = 'Nowhere/Nothing'"],
    ),
    (
        "references",
        "that is not there",
        ["DELETE FROM people_client"],
    ),
    ("masks", "is not what its occupancies say", ["UPDATE booking_busyblock SET cells = {zero}"]),
    ("masks", "is missing", ["DELETE FROM booking_busyblock"]),
    *LEDGER_FAULTS,
    *MERGE_FAULTS,
    *FAMILY_FAULTS,
    *PAID_FAULTS,
]


def test_a_sound_database_keeps_every_promise(sound_world: World) -> None:
    verdicts = audit(url=sound_world.url, now=NOW)
    assert [verdict.breaches for verdict in verdicts if not verdict.holds] == []
    assert [verdict.invariant for verdict in verdicts] == [one.name for one in INVARIANTS]


@pytest.mark.parametrize(("name", "words", "statements"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_fault_is_named(world: World, name: str, words: str, statements: list[str]) -> None:
    zero = "'\\x00'::bytea" if world.installed.url else "x'00'"
    nobody = f"'{NOBODY if world.installed.url else NOBODY.replace('-', '')}'"
    world.break_by(*(one.format(zero=zero, nobody=nobody) for one in statements))
    broken = {
        verdict.invariant: verdict.breaches
        for verdict in audit(url=world.url, now=NOW)
        if not verdict.holds
    }
    assert name in broken
    assert any(words in breach for breach in broken[name]), broken[name]


def test_a_cause_that_moved_twice_is_named(world: World) -> None:
    """Both engines refuse it by an index; without that, the auditor says so."""
    anew = [
        "CREATE TABLE copied AS SELECT * FROM ledger_movement",
        "DROP TABLE ledger_movement",
        "ALTER TABLE copied RENAME TO ledger_movement",
    ]
    dropped = ["ALTER TABLE ledger_movement DROP CONSTRAINT movement_cause_once"]
    world.break_by(
        *(dropped if world.installed.url else anew), "UPDATE ledger_movement SET cause = 'gift:1'"
    )
    broken = [one for one in audit(url=world.url, now=NOW) if one.invariant == "INV-5"]
    assert broken[0].breaches == ("two movements were made for gift:1",)


def test_every_promise_has_a_fault_that_breaks_it() -> None:
    """Except the storage's own check, which is tried below with a damaged file."""
    assert {name for name, _, _ in FAULTS} | {"INV-15"} == {one.name for one in INVARIANTS}


@pytest.mark.sqlite
@pytest.mark.req("CRA-20")
def test_a_damaged_file_is_noticed(world: World) -> None:
    file = world.installed.folder / "clientela.sqlite3"
    content = bytearray(file.read_bytes())
    index = content.find(b"booking_occupancy", len(content) // 4)
    start = index if index > 0 else len(content) // 2
    content[start - start % 4096 + 8 : start - start % 4096 + 80] = b"\xff" * 72
    file.write_bytes(content)
    process = subprocess.run(
        [sys.executable, "-m", "clientela.auditor", world.url],
        env=world.installed.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1


@pytest.mark.postgres
def test_a_constraint_that_was_never_validated_is_noticed(world: World) -> None:
    world.break_by(
        "ALTER TABLE booking_appointment ADD CONSTRAINT later CHECK (sequence >= 0) NOT VALID"
    )
    broken = [verdict for verdict in audit(url=world.url, now=NOW) if not verdict.holds]
    assert [verdict.invariant for verdict in broken] == ["INV-15"]
    assert "constraint later was never validated" in broken[0].breaches


def test_the_report_names_promises_and_breaches(world: World) -> None:
    world.break_by("DELETE FROM booking_busyblock")
    lines = report(audit(url=world.url, now=NOW)).splitlines()
    assert any(line.startswith("holds   INV-1 ") for line in lines)
    assert any(line.startswith("BROKEN  masks") for line in lines)
    assert any("is missing" in line for line in lines)


def test_the_command_answers_with_its_exit_code(world: World) -> None:
    assert "holds" in world.installed.run("-m", "clientela", "audit")
    world.break_by("DELETE FROM booking_busyblock")
    process = world.installed.start("-m", "clientela", "audit")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "BROKEN  masks" in said


def test_the_auditor_imports_nothing_of_ours_but_itself() -> None:
    folder = Path(auditor.__path__[0])
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                assert not name.startswith("django")
                assert not name.startswith("clientela") or name.startswith("clientela.auditor")
