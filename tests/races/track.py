"""The track: starts racers of one installation together and collects what came of them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.factories import NOW
from tests.platform import warm_start
from tests.platform.installations import Installed

SCALE = 100 if os.environ.get("CLIENTELA_PROVE") == "1" else 1
PROCESSES = 4
FINISH_SECONDS = 600 * SCALE


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
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Run one process for each lane, all at once; return every outcome, and what plain SQL finds after."""
        job = {"business": self.ids["business"], "mode": mode, "lanes": lanes}
        code, out, err = warm_start.run(
            "tests.races.racer",
            ["race"],
            {**self.installed.environment, **environment},
            reads=json.dumps(job),
            within=FINISH_SECONDS,
        )
        assert code == 0, err
        told = json.loads(out)
        return told["outcomes"], told["found"]


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
