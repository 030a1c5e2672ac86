"""Joining two accounts against everything that may happen to them in the same moment."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.factories import NOW
from tests.people.test_killed_merges import url_of
from tests.platform.installations import Installed

from clientela.auditor.audit import audit

ROUNDS = 600 if os.environ.get("CLIENTELA_PROVE") == "1" else 10

pytestmark = [pytest.mark.race, pytest.mark.slow]

DONE = {"joined", "crossed", "refused", "left", "undone", "parted", "absorbed", "booked", "agreed"}
REFUSED = {
    "JoinClosed: join-closed",
    "LinkClosed: link-closed",
    "AccountGone: account-gone",
    "HouseholdForAnother: household-for-another-address",
    "NotInHousehold: not-in-household",
    "NothingShared: nothing-shared",
    "OwnAddress: own-address",
    "CannotTakeUp: card-gone",
    "CannotPart: already-parted",
    "PlanChanged: plan-changed",
}


@pytest.mark.req("MRG-01", "MRG-02", "INV-12")
def test_whatever_meets_a_join_one_of_them_wins_and_nothing_is_lost(tmp_path: Path) -> None:
    """Nobody waits in a ring, nobody is left without a log-in, and a "not me" that was heard holds."""
    installed = Installed.migrated(tmp_path)
    told: dict[str, Any] = json.loads(installed.run("-m", "tests.people.join_race", str(ROUNDS)))
    met = told["met"]
    assert told["contradictions"] == []
    assert set(met) <= DONE | REFUSED, met
    assert {"joined", "undone", "booked"} <= set(met)
    assert (
        told["made"] >= met["booked"]
    )  # a booking stands, though its log-in was gone when it went on
    broken = [one for one in audit(url=url_of(installed), now=NOW) if not one.holds]
    assert not broken, broken
