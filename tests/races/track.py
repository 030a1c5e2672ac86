"""The track: starts racers of one installation together and collects what came of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.factories import NOW
from tests.platform.installations import Installed

SCALE = 100 if os.environ.get("CLIENTELA_PROVE") == "1" else 1
PROCESSES = 4
FINISH_SECONDS = 120 * SCALE


@dataclass
class Track:
    """An installation with the race track's business in it."""

    installed: Installed
    ids: dict[str, Any]

    @classmethod
    def prepared(cls, installed: Installed) -> Track:
        """Make the business."""
        return cls(installed, json.loads(installed.run("-m", "tests.races.racer", "prepare")))

    def race(
        self, lanes: list[list[dict[str, Any]]], *, mode: str = "shipped", **environment: str
    ) -> list[dict[str, Any]]:
        """Start one process for each lane, let them all go at once, and return every outcome."""
        runners = [
            subprocess.Popen(
                [*PYTHON, "race"],
                env={**self.installed.environment, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in lanes
        ]
        for runner, attempts in zip(runners, lanes, strict=True):
            job = {"business": self.ids["business"], "mode": mode, "attempts": attempts}
            assert runner.stdin
            runner.stdin.write(json.dumps(job) + "\n")
            runner.stdin.flush()
        for runner in runners:
            assert runner.stdout
            line = runner.stdout.readline()
            assert line == "ready\n", line + runner.stderr.read()  # type: ignore[union-attr]
        outcomes = []
        for runner in runners:
            assert runner.stdin
            runner.stdin.write("go\n")
            runner.stdin.flush()
        for runner in runners:
            out, err = runner.communicate(timeout=FINISH_SECONDS)
            assert runner.returncode == 0, err
            outcomes += json.loads(out)
        return outcomes

    def take_guards_down(self) -> None:
        """Leave the database without the booking guards."""
        self.installed.run("-m", "tests.races.racer", "bare")

    def check(self) -> dict[str, Any]:
        """Return what plain SQL finds."""
        found: dict[str, Any] = json.loads(self.installed.run("-m", "tests.races.racer", "check"))
        return found


PYTHON = (sys.executable, "-m", "tests.races.racer")


def words(outcomes: list[dict[str, Any]]) -> dict[str, int]:
    """Count the outcomes by word; an error brings its text along."""
    counted: dict[str, int] = {}
    for one in outcomes:
        word = one.get("error") or one["outcome"]
        counted[word] = counted.get(word, 0) + 1
    return counted


def start_of(slot: int, *, minutes: int = 30) -> str:
    """Return the start of the n-th slot of the race track, from tomorrow on."""
    return (NOW + timedelta(days=1, minutes=minutes * slot)).isoformat()
