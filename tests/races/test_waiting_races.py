"""Several workers tell the same waiting list: everybody once."""

from __future__ import annotations

import pytest
from tests.races.track import PROCESSES, Track, start_of, words

pytestmark = [pytest.mark.race, pytest.mark.slow]
WAITING = 12


def test_of_several_workers_each_turn_is_told_by_one(track: Track) -> None:
    waiting = {
        "act": "wait-for",
        "service": track.ids["one"],
        "starts_at": start_of(0),
        "count": WAITING,
    }
    (made,), _ = track.race([[waiting]])
    assert made["offers"] == WAITING
    outcomes, _ = track.race([[{"act": "tell-waiting"}] for _ in range(PROCESSES)])
    assert words(outcomes) == {"done": PROCESSES}
    assert sum(one["told"] for one in outcomes) == WAITING
    last = max(outcomes, key=lambda one: one["events"])
    assert (last["events"], last["offers"]) == (WAITING, WAITING)
