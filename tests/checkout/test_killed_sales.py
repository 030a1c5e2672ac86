"""Processes really killed between any two steps of a sale, a payment, an invoice, a refund, a void: all or nothing."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.platform.installations import Installed

from clientela.auditor.audit import Verdict, audit
from clientela.platform import failpoints

pytestmark = [pytest.mark.slow, pytest.mark.race]
PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
NOW = datetime(2026, 7, 11, tzinfo=UTC)
OURS = ("checkout.sell.", "checkout.pay.", "checkout.void.", "checkout.invoice.")
OF_REFUNDS = {
    f"checkout.refund.{step}" for step in ("locked", "price", "recorded", "ordered", "noted")
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed.migrated(tmp_path_factory.mktemp("till"))


def forks(installed: Installed, *command: str) -> Any:
    return json.loads(installed.run("-m", "tests.checkout.forks", *command).splitlines()[-1])


def breaches(installed: Installed) -> list[Verdict]:
    """What the auditor finds."""
    url = installed.url or f"sqlite://{installed.folder / 'clientela.sqlite3'}"
    return [one for one in audit(url=url, now=NOW) if not one.holds]


@pytest.mark.req("CRA-06", "INV-4", "INV-5", "INV-7", "INV-8")
def test_killed_between_any_two_steps_an_act_is_wholly_done_or_not_at_all(
    installed: Installed, tmp_path: Path
) -> None:
    here = installed.copy(tmp_path / "copy")
    told = forks(here, "kills")
    killed = [one for one in told if one["at"]]
    assert [one for one in killed if not (one["killed"] and one["untouched"])] == []
    done = [one for one in told if not one["at"]]
    assert [(one["end"], one["untouched"]) for one in done] == [(0, False)] * len(done)
    passed = {one["at"] for one in killed}
    ours = {name for name in failpoints.known() if name.startswith(OURS)} | OF_REFUNDS
    assert ours - passed == set(), "a failpoint that no act passes"
    print(f"{len(killed)} kills in {len(done)} acts")
    assert breaches(here) == []


def test_forty_invoices_at_once_are_numbered_one_to_forty(
    installed: Installed, tmp_path: Path
) -> None:
    told = forks(installed.copy(tmp_path / "copy"), "invoices")
    assert told == {"numbers": list(range(1, 41)), "failed": 0}


@pytest.mark.postgres
def test_without_the_lock_of_the_series_numbers_collide_and_the_database_refuses(
    installed: Installed, tmp_path: Path
) -> None:
    """The negative control; on SQLite there is one writer at a time whatever the lock does."""
    told = forks(installed.copy(tmp_path / "copy"), "unlocked")
    assert told["failed"] > 0
    assert len(set(told["numbers"])) == len(told["numbers"]) < 40


def test_of_four_tills_that_take_the_same_money_one_gets_it_and_one_key_sells_once(
    installed: Installed, tmp_path: Path
) -> None:
    told = forks(installed.copy(tmp_path / "copy"), "tills")
    assert told == [*sorted(["done"] * 5 + ["paid-too-much"] * 3), "2", "1"]


@pytest.mark.req("PAY-11", "INV-4", "INV-5", "INV-7", "INV-8")
def test_a_crowd_that_does_everything_at_once_to_the_same_cards_leaves_sound_books(
    installed: Installed, tmp_path: Path
) -> None:
    here = installed.copy(tmp_path / "copy")
    told = forks(here, "crowd", str(2_000 if PROVE else 40))
    print(told)
    errors = {word: times for word, times in told.items() if not word.replace("-", "").isalpha()}
    found = [(one.invariant, one.breaches) for one in breaches(here)]
    assert (errors, told.pop("idle"), found) == ({}, 0, []), told
