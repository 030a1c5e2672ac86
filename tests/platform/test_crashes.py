"""kill -9 of real workers: nothing lost, no effect repeated."""

from __future__ import annotations

import json
import random  # noqa: TID251 -- a seeded schedule of kills, printed, so that a run can be repeated
import signal
import time

import pytest

from clientela.platform.failpoints import known

EVENTS = 40
WORKER_POINTS = sorted(name for name in known() if name.startswith("platform.worker."))


def each_effect_once(count: int) -> dict[str, object]:
    both = {f"{which}-heard {number}": 1 for number in range(count) for which in ("first", "second")}
    return {"effects": both, "left": 0}


@pytest.mark.race
@pytest.mark.parametrize("nth", [1, 7])
@pytest.mark.parametrize("point", WORKER_POINTS)
def test_a_worker_killed_at_any_failpoint_loses_and_repeats_nothing(install, point, nth) -> None:
    here = install()
    here.probe("ring", "0", str(EVENTS))
    here.run("-m", "tests.platform.probe", "work", fails=True, CLIENTELA_FAILPOINTS=f"{point}=kill9@{nth}") if (
        nth == 1 or point in {"platform.worker.before-commit", "platform.worker.after-commit"}
    ) else here.probe("work")
    # Two rounds: the worker's lease runs out after the first half minute.
    here.probe("work", "1")
    here.probe("work", "2")
    here.probe("work", "10")

    assert json.loads(here.probe("traces")) == each_effect_once(EVENTS)


@pytest.mark.race
def test_workers_killed_at_random_moments_lose_and_repeat_nothing(install) -> None:
    seed = 20261122
    chance = random.Random(seed)  # noqa: S311 -- a repeatable schedule, no secret
    here = install()
    here.probe("ring", "0", "200")
    kills = 0
    for minute in range(0, 40, 2):
        worker = here.start("-m", "tests.platform.probe", "work-until-killed", str(minute))
        assert worker.stdout.readline() == "working\n"
        time.sleep(chance.uniform(0, 0.25))
        worker.send_signal(signal.SIGKILL)
        out, _ = worker.communicate()
        kills += "done" not in out
        if "done" in out:
            break
    for minute in range(60, 80, 2):
        here.probe("work", str(minute))
    print(f"seed {seed}, {kills} workers killed at work")

    assert kills >= 2
    assert json.loads(here.probe("traces")) == each_effect_once(200)


@pytest.mark.race
def test_three_workers_at_once_hear_each_event_once(install) -> None:
    here = install()
    here.probe("ring", "0", "200")
    workers = [here.start("-m", "tests.platform.probe", "work") for _ in range(3)]
    ends = [(worker.communicate(timeout=120), worker.returncode) for worker in workers]

    assert [code for _, code in ends] == [0, 0, 0], ends
    assert json.loads(here.probe("traces")) == each_effect_once(200)


@pytest.mark.race
def test_without_receipts_a_killed_worker_does_repeat_effects(install) -> None:
    """Negative control: what the receipt prevents does happen when the receipt is taken away."""
    here = install()
    here.probe("ring", "0", "5")
    here.run("-m", "tests.platform.probe", "work", fails=True, CLIENTELA_FAILPOINTS="platform.worker.before-finish=kill9")
    here.run(
        "-c",
        "import tests.platform.probe\n"
        "from clientela.platform.models import EventReceipt\n"
        "EventReceipt.objects.all().delete()",
    )
    for minute in ("1", "2", "3", "4", "5", "6"):
        here.probe("work", minute)
    effects = json.loads(here.probe("traces"))["effects"]

    assert set(effects.values()) == {2}
