"""A process that dies between any two steps of taking or giving back money: afterwards both books say the same."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.kit.cluster import DATABASE
from tests.platform.installations import Installed

from clientela.platform.failpoints import known

pytestmark = [pytest.mark.race, pytest.mark.slow]

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
DESK = {f"checkout.refund.{step}" for step in ("locked", "noted", "price", "recorded")}
PLACES = sorted(
    name
    for name in known()
    if name.startswith(
        ("checkout.capture.", "checkout.refund.", "checkout.simulator.", "checkout.reconcile.")
    )
    # The desk's own steps of giving back are killed in `tests/checkout/test_killed_sales.py`.
    and name not in DESK
)
# At every commit each place on one of the two databases, in turn; in `make prove` all on both.
PLACES = PLACES if PROVE else PLACES[DATABASE == "postgres" :: 2]
NTHS = (1, 2, 3) if PROVE else (1,)
ROUNDS = 200 if PROVE else 2


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    installed = Installed.migrated(tmp_path_factory.mktemp("killed"))
    probe(installed, "fill")
    return installed


def probe(installed: Installed, *words: str, killed: bool = False, **environment: str) -> str:
    return installed.run("-m", "tests.checkout.online.probe", *words, killed=killed, **environment)


def report(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text.strip().splitlines()[-1])
    return found


def test_an_undisturbed_day_ends_with_both_books_the_same(
    filled: Installed, tmp_path: Path
) -> None:
    here = filled.copy(tmp_path / "whole")
    ended = report(probe(here, "day", "mend", "report"))
    assert ended["ours"] == ended["theirs"] == {"payment": 51_600, "refund": 24_800}
    assert ended["unapplied"] == [4_800]
    assert {state for _, state in ended["attempts"]} == {"paid", "returned", "expired"}


@pytest.mark.req("CRA-06")
@pytest.mark.parametrize("nth", NTHS)
@pytest.mark.parametrize("place", PLACES)
def test_killed_anywhere_one_turn_of_the_worker_later_nothing_is_lost_or_doubled(
    filled: Installed, tmp_path: Path, place: str, nth: int
) -> None:
    here = filled.copy(tmp_path / "killed")
    probe(here, "day", killed=nth == 1, CLIENTELA_FAILPOINTS=f"{place}=kill9@{nth}")
    ended = report(probe(here, "mend", "report"))
    assert ended["ours"] == ended["theirs"], place
    assert all(state == "done" for state, _ in ended["orders"]), place
    assert not [state for _, state in ended["attempts"] if state in {"new", "open"}]


ORDERS = {
    "the payment first": ("checkout.capture.time-taken=sleep:1", ""),
    "the end first": ("", "booking.end-hold.before-commit=sleep:1"),
    "both at once": ("", ""),
}


@pytest.mark.req("CON-13")
@pytest.mark.parametrize("which", ORDERS)
def test_a_hold_that_ends_as_its_payment_arrives_is_booked_or_given_back(
    filled: Installed, tmp_path: Path, which: str
) -> None:
    slow_arrival, slow_end = ORDERS[which]
    ends = []
    for number in range(ROUNDS if which == "both at once" else 1):
        here = filled.copy(tmp_path / f"race-{number}")
        probe(here, "hold")
        arrives = started(here, "arrive", CLIENTELA_FAILPOINTS=slow_arrival)
        ending = started(here, "end", CLIENTELA_FAILPOINTS=slow_end)
        runners = (
            [arrives, ending]
            if slow_arrival or (not slow_end and number % 2)
            else [ending, arrives]
        )
        for process in runners:
            let_go(here, process)
            if process is runners[0] and (slow_arrival or slow_end):
                said(process, "sleeps")  # it holds what both need
        for process in runners:
            _, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
        ends.append(_one_end(report(probe(here, "mend", "report"))))
    assert set(ends) <= {"booked", "given back"}
    if which != "both at once":
        assert ends == ["booked" if slow_arrival else "given back"]
    print(f"{which}: {ends.count('booked')} booked, {ends.count('given back')} given back")


def started(installed: Installed, word: str, **environment: str) -> subprocess.Popen[str]:
    """Start a probe that has said it is ready, and waits for ``let_go``."""
    process = installed.start(
        "-m",
        "tests.checkout.online.probe",
        word,
        PROBE_GO=str(installed.folder / f"go-{word}"),
        **environment,
    )
    said(process, "ready")
    return process


def said(process: subprocess.Popen[str], word: str) -> None:
    """Wait until a probe has said this."""
    assert process.stdout is not None
    while (line := process.stdout.readline()) and line != f"{word}\n":
        pass
    assert line == f"{word}\n"


def let_go(installed: Installed, process: subprocess.Popen[str]) -> None:
    word = list(process.args)[-1]  # type: ignore[arg-type]  # we gave a list
    (installed.folder / f"go-{word}").touch()


def _one_end(ended: dict[str, Any]) -> str:
    """Say how it ended: booked and kept, or given back; anything else fails."""
    assert ended["ours"] == ended["theirs"]
    attempt = [state for purpose, state in ended["attempts"] if purpose == "single"]
    booked = ["confirmed", "Luz Prueba"] in ended["appointments"]
    others = ["confirmed", "Quick"] in ended["appointments"]
    if booked:
        assert (attempt, ended["unapplied"], others) == (["paid"], [], False)
        return "booked"
    assert (attempt, ended["unapplied"], others) == (["returned"], [4_800], True)
    assert ended["orders"] == [["done", 4_800]]
    return "given back"
