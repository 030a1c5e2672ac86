"""Two log-ins of one person, or a person and a guest, at the same card in the same moment."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.platform.installations import Installed

ROUNDS = 1000 if os.environ.get("CLIENTELA_PROVE") == "1" else 40

pytestmark = [pytest.mark.race, pytest.mark.slow]


def race(folder: Path, which: str, *, rounds: int = ROUNDS) -> dict[str, Any]:
    installed = Installed.migrated(folder)
    told: dict[str, Any] = json.loads(installed.run("-m", "tests.people.race", which, str(rounds)))
    return told


def test_two_log_ins_at_once_find_or_make_one_card(tmp_path: Path) -> None:
    told = race(tmp_path, "log-ins")
    assert told["contradictions"] == []
    assert set(told["met"]) <= {"0", "1", "card"}, told["met"]


@pytest.mark.req("L16")
def test_no_booking_is_left_on_a_card_that_was_taken_up_meanwhile(tmp_path: Path) -> None:
    told = race(tmp_path, "taking-up")
    assert told["met"] == {"mine": ROUNDS, "booked": ROUNDS}
    assert told["contradictions"] == []


@pytest.mark.req("MRG-01", "INV-12")
def test_chains_rings_and_partings_at_once_leave_every_card_one_step_from_one_that_stands(
    tmp_path: Path,
) -> None:
    """Of those that reach for the same card one wins, the others are told; and nobody waits in a ring."""
    told = race(tmp_path, "merging")
    assert told["contradictions"] == []
    refused = {"CannotTakeUp: card-gone", "PlanChanged: plan-changed", "CannotPart: already-parted"}
    assert set(told["met"]) <= {"joined", "parted", "nothing"} | refused, told["met"]
    assert told["met"]["joined"] >= ROUNDS


@pytest.mark.postgres
def test_without_holding_the_card_bookings_are_left_behind(tmp_path: Path) -> None:
    """The negative control: SQLite writes one at a time, PostgreSQL must be told. The first one that is found is enough."""
    tries = (race(tmp_path / f"try-{n}", "not-held", rounds=6) for n in range(20))
    assert any(told["contradictions"] for told in tries)
