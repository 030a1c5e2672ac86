"""Two of a household at the same credit, or a credit and its leave, in the same moment."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.platform.installations import Installed

ROUNDS = 300 if os.environ.get("CLIENTELA_PROVE") == "1" else 12

pytestmark = [pytest.mark.race, pytest.mark.slow]


def race(folder: Path, which: str) -> dict[str, Any]:
    installed = Installed.migrated(folder)
    text = installed.run("-m", "tests.booking.loan_race", which, str(ROUNDS))
    told: dict[str, Any] = json.loads(text)
    assert told["breaches"] == [], told
    assert told["slowest"] < 20, told
    return told


@pytest.mark.req("CON-08")
def test_of_two_who_borrow_the_last_credit_one_gets_it(tmp_path: Path) -> None:
    told = race(tmp_path, "last")
    assert told["met"] == {"lent": ROUNDS, "CreditGone: credit-gone": ROUNDS}
    assert told["lent"] == ROUNDS


def test_leave_that_is_taken_back_at_the_same_moment_was_used_before_or_not_at_all(
    tmp_path: Path,
) -> None:
    told = race(tmp_path, "leave")
    met = told["met"]
    assert met["taken back"] == ROUNDS
    assert met.get("lent", 0) + met.get("CreditNotLent: credit-not-lent", 0) == ROUNDS
    assert told["lent"] == met.get("lent", 0)


def test_those_who_lent_to_each_other_never_wait_in_a_ring(tmp_path: Path) -> None:
    told = race(tmp_path, "mutual")
    assert told["met"] == {"cancelled": 2 * ROUNDS, "void": ROUNDS}
    assert told["lent"] == 0


def test_a_lender_who_is_joined_or_forgotten_meanwhile_leaves_every_credit_in_one_place(
    tmp_path: Path,
) -> None:
    told = race(tmp_path, "gone")
    met = dict(told["met"])
    assert met.pop("joined") + met.pop("erased") == ROUNDS
    refused = {"CreditNotLent: credit-not-lent", "StaleState: stale-state"}
    assert set(met) <= {"lent", "cancelled"} | refused, met
    assert told["lent"] == met.get("lent", 0) + ROUNDS - met["cancelled"]
