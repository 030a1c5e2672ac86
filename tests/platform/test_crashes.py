"""kill -9 of real workers: nothing lost, no effect repeated."""

from __future__ import annotations

import json
import os
import random  # noqa: TID251 -- a seeded schedule of kills, printed, so that a run can be repeated
import signal
import time

import pytest
from tests.kit.cluster import DATABASE

from clientela.platform.failpoints import known

EVENTS = 40
SEED = 20261122
PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
KILLS = 300 if PROVE else 6
LATER = ("1", "2", "10", "20")
WORKER_POINTS = sorted(name for name in known() if name.startswith("platform.worker."))


def each_effect_once(count: int) -> dict[str, object]:
    both = {
        f"{which}-heard {number}": 1 for number in range(count) for which in ("first", "second")
    }
    return {"effects": both, "left": 0}


# Passed once per batch, or once per handler: kill at the first passing, and at one in the middle.
PLACES = [(name, 1) for name in WORKER_POINTS] + [
    (name, 7) for name in WORKER_POINTS if name.endswith("-commit")
]
# At every commit each place on one of the two databases, in turn; in `make prove` all on both.
PLACES = PLACES if PROVE else PLACES[DATABASE == "postgres" :: 2]


@pytest.mark.race
@pytest.mark.parametrize(("point", "nth"), PLACES)
def test_a_worker_killed_at_any_failpoint_loses_and_repeats_nothing(install, point, nth) -> None:
    here = install()
    here.probe(
        "ring-and-work", str(EVENTS), killed=True, CLIENTELA_FAILPOINTS=f"{point}=kill9@{nth}"
    )

    assert json.loads(here.probe("work-out", *LATER)) == each_effect_once(EVENTS)


@pytest.mark.race
def test_workers_killed_at_random_moments_lose_and_repeat_nothing(install) -> None:
    chance = random.Random(SEED)  # noqa: S311 -- a repeatable schedule, no secret
    here = install()
    here.probe("ring", "0", "150")
    kills = 0
    for minute in range(0, 2 * KILLS, 2):
        worker = here.start("-m", "tests.platform.probe", "work-until-killed", str(minute))
        assert worker.stdout.readline() == "working\n"
        time.sleep(chance.uniform(0, 0.15))
        worker.send_signal(signal.SIGKILL)
        out, _ = worker.communicate()
        if "done" in out:
            break
        kills += 1
    print(f"seed {SEED}, {kills} workers killed at work")

    assert kills >= 1
    # An event that was taken before is taken alone, and one that failed waits: so look again and again.
    assert json.loads(here.probe("work-out", *map(str, range(100, 400)))) == each_effect_once(150)


@pytest.mark.race
def test_three_workers_at_once_hear_each_event_once(install) -> None:
    here = install()
    here.probe("ring", "0", "200")
    workers = [here.start("-m", "tests.platform.probe", "work") for _ in range(3)]
    ends = [(worker.communicate(timeout=120), worker.returncode) for worker in workers]

    assert [code for _, code in ends] == [0, 0, 0], ends
    assert json.loads(here.probe("work-out", *LATER)) == each_effect_once(200)


@pytest.mark.race
def test_without_receipts_a_killed_worker_does_repeat_effects(install) -> None:
    """Negative control: what the receipt prevents does happen when the receipt is taken away."""
    here = install()
    here.probe(
        "ring-and-work",
        "5",
        killed=True,
        CLIENTELA_FAILPOINTS="platform.worker.before-finish=kill9",
    )
    here.probe("forget-receipts")

    assert set(json.loads(here.probe("work-out", *LATER))["effects"].values()) == {2}
