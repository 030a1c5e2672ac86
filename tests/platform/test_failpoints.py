"""Failpoints do nothing unless switched on."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from clientela.platform import failpoints
from clientela.platform.failpoints import FailpointError, arm, failpoint, known


@pytest.fixture(autouse=True)
def _disarmed():
    yield
    arm("")


def test_a_failpoint_that_is_off_does_nothing() -> None:
    failpoint("platform.worker.taken")

    assert not failpoints.armed()


def test_raise_fails_at_its_place_only() -> None:
    arm("a.b=raise")
    failpoint("a.c")

    with pytest.raises(FailpointError, match=r"a\.b"):
        failpoint("a.b")


def test_the_nth_passing_can_be_chosen() -> None:
    arm("a.b=raise@2")
    failpoint("a.b")

    with pytest.raises(FailpointError):
        failpoint("a.b")
    failpoint("a.b")


def test_sleep_waits() -> None:
    arm("a.b=sleep:0.05")
    begun = time.monotonic()
    failpoint("a.b")

    assert time.monotonic() - begun >= 0.05


def test_kill9_ends_the_process_as_a_power_cut_would() -> None:
    program = (
        "from clientela.platform.failpoints import failpoint; failpoint('a.b'); print('alive')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": "src", failpoints.VARIABLE: "a.b=kill9"},
        capture_output=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (-9, b"")


def test_a_rule_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="kill9"):
        arm("a.b=explode")


def test_all_names_in_the_program_are_known() -> None:
    assert {
        "platform.worker.taken",
        "platform.worker.before-commit",
        "platform.restore.before-commit",
    } <= known()
