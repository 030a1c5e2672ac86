"""B1 and B2: availability in process, from plain values to JSON text.

``python bench/b1_b2_availability.py [--rounds N] [--without-peer]`` prints JSON. Per workload:

* ``scratch``: hours and busy spans to JSON with every remembered value forgotten first, zone
  arithmetic and text included;
* ``kept``: the same from masks that were kept up to date;
* ``plain``: a careful interval merge (``plain_merge.py``), in the same rounds;
* ``django_appointment``: the month of W1 in django-appointment, in its own environment.

All answers are compared with each other, and W1 also with the minute-by-minute oracle of the
tests, before anything is timed. Figures are medians; each round runs every contender in turn.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT), str(ROOT / "src")]

import plain_merge
from workloads import (
    AFTER,
    DURATION,
    GRID,
    OPENINGS,
    WEEKDAYS,
    ZONE,
    Span,
    Workload,
    all_workloads,
)

from clientela.rules import availability, clock_time, start_times
from clientela.rules.availability import grid_mask, mask_of, open_mask
from clientela.rules.frame import Frame
from clientela.rules.slots import (
    PROFESSIONAL,
    Need,
    ResourceTime,
    ServiceTime,
    offered_slots,
)
from clientela.rules.start_times import start_json
from clientela.rules.weekly_hours import HoursRow, WeeklyHours

PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
TIME = ServiceTime(DURATION, 0, AFTER)
GOALS = {"B1": 300, "B2 scratch": 1, "B2 kept": 30}

Diary = tuple[UUID, WeeklyHours, tuple[Span, ...]]
Timing = dict[str, list[int]]


def diaries(workload: Workload) -> list[Diary]:
    """Each professional's own rows, as a query would give them: equal values, separate objects."""
    return [
        (UUID(int=number), WeeklyHours(tuple(_rows())), busy)
        for number, busy in enumerate(workload.busy)
    ]


def _rows() -> list[HoursRow]:
    return [HoursRow(day, opens, closes) for day in WEEKDAYS for opens, closes in OPENINGS]


def forget() -> None:
    """Empty every memory of the engine but the list of zone names, which belongs to start-up."""
    for module in (availability, clock_time, start_times):
        for name, value in vars(module).items():
            if hasattr(value, "cache_clear") and name not in {"known_zones", "zone"}:
                value.cache_clear()


def scratch(workload: Workload, people: list[Diary]) -> str:
    """Answer from hours and spans; nothing is remembered from before."""
    forget()
    frame = Frame.covering(workload.start, workload.end)
    return _answer(
        frame,
        tuple(
            ResourceTime(
                one,
                mask_of(spans=busy, frame=frame),
                open_mask(hours=hours, zone_name=ZONE, frame=frame),
            )
            for one, hours, busy in people
        ),
    )


def kept(frame: Frame, masks: list[tuple[UUID, int, int]]) -> str:
    """Answer from masks of hours and of busy time that were kept."""
    return _answer(frame, tuple([ResourceTime(one, busy, opened) for one, busy, opened in masks]))


def _answer(frame: Frame, candidates: tuple[ResourceTime, ...]) -> str:
    permitted = grid_mask(zone_name=ZONE, grid_minutes=GRID, frame=frame)
    mask = offered_slots(needs=[Need(PROFESSIONAL, candidates)], time=TIME, permitted=permitted)
    return start_json(mask=mask, frame=frame, zone_name=ZONE)


def measure(contenders: dict[str, Callable[[], str]], rounds: int) -> dict[str, Timing]:
    """Time every contender in turn, round by round, each long enough for the clock to be fair.

    A round repeats a contender for about 20 ms and notes the mean; what happened before it (another
    contender, the collection of garbage) then costs all of them alike, next to nothing.
    """
    repeats = {name: _repeats(run) for name, run in contenders.items()}
    timings: dict[str, Timing] = {name: {"wall": [], "cpu": []} for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            gc.collect()
            gc.disable()
            wall, cpu = time.perf_counter_ns(), time.process_time_ns()
            for _ in range(repeats[name]):
                run()
            timings[name]["cpu"].append((time.process_time_ns() - cpu) // repeats[name])
            timings[name]["wall"].append((time.perf_counter_ns() - wall) // repeats[name])
            gc.enable()
    return timings


def _repeats(run: Callable[[], str]) -> int:
    """How often a contender runs in a round."""
    start = time.process_time_ns()
    run()
    return max(1, 20_000_000 // max(1, time.process_time_ns() - start))


def require(agreed: bool, who: str) -> None:  # noqa: FBT001 -- reads as a sentence where it is called
    """Stop where two answers differ: a fast wrong answer is not a figure."""
    if not agreed:
        raise SystemExit(f"The answers differ: {who}.")


def check_with_oracle(workload: Workload, answer: str) -> None:
    """Compare W1 with the answer that looks at every minute."""
    from tests.rules.oracle import (  # noqa: PLC0415 -- only here, and only when all is in place
        Timetable,
        free_starts,
        open_minutes,
    )

    weekly = tuple((day, opens, closes) for day in WEEKDAYS for opens, closes in OPENINGS)
    span = {"zone": ZONE, "start": workload.start, "end": workload.end}
    expected = free_starts(
        opened=open_minutes(hours=Timetable(weekly), **span), busy=list(workload.busy[0]),
        duration=DURATION, before=0, after=AFTER, grid=GRID, **span,
    )  # fmt: skip
    require(
        [datetime.fromisoformat(text).astimezone(UTC) for text in json.loads(answer)] == expected,
        "the oracle",
    )


def ask_peer(workload: Workload, rounds: int) -> dict[str, Any]:
    """Let django-appointment answer the month in its own environment; build that where it is missing."""
    if not PEER_PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ROOT / ".venv-bench")], check=True)
        lock = str(ROOT / "requirements-bench.lock")
        pip = [str(PEER_PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r", lock]
        subprocess.run(pip, check=True)
    question = {
        "first_on": workload.first_on.isoformat(),
        "days": workload.days,
        "busy": [[start.isoformat(), end.isoformat()] for start, end in workload.busy[0]],
        "rounds": rounds,
    }
    answer = subprocess.run(
        [str(PEER_PYTHON), str(HERE / "peer_django_appointment.py")],
        input=json.dumps(question), capture_output=True, text=True, check=True,
        env={key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "DJANGO"))},
    )  # fmt: skip
    return dict(json.loads(answer.stdout))


def milliseconds(timing: Timing) -> dict[str, float]:
    """Medians in milliseconds."""
    return {kind: round(median(values) / 1e6, 4) for kind, values in timing.items()}


def ratio(slow: Timing, fast: Timing) -> dict[str, float]:
    """Median of the ratios of the rounds, for CPU and for wall time."""
    return {
        kind: round(median([a / b for a, b in zip(slow[kind], fast[kind], strict=True)]), 2)
        for kind in ("cpu", "wall")
    }


def run(workload: Workload, rounds: int) -> tuple[dict[str, Any], dict[str, Timing], str]:
    """Check that all agree, then measure one workload."""
    people = diaries(workload)
    frame = Frame.covering(workload.start, workload.end)
    masks = [
        (one, mask_of(spans=busy, frame=frame), open_mask(hours=hours, zone_name=ZONE, frame=frame))
        for one, hours, busy in people
    ]
    contenders: dict[str, Callable[[], str]] = {
        "plain": partial(plain_merge.answer, workload),
        "scratch": partial(scratch, workload, people),
        "kept": partial(kept, frame, masks),
    }
    answers = {name: contender() for name, contender in contenders.items()}
    require(len(set(answers.values())) == 1, f"the contenders of {workload.name}")
    timings = measure(contenders, rounds)
    report: dict[str, Any] = {
        "professionals": len(people),
        "appointments": workload.appointments,
        "offered": answers["kept"].count("T"),
        "ms": {name: milliseconds(timing) for name, timing in timings.items()},
        "plain / scratch": ratio(timings["plain"], timings["scratch"]),
        "plain / kept": ratio(timings["plain"], timings["kept"]),
    }
    return report, timings, answers["kept"]


def rows_of(results: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """B1 from W1 beside the peer, B2 from W2 and W3 beside the plain merge; processor time counts."""
    peer = results["W1"].get("django_appointment / scratch")
    if peer:
        yield _row("B1", "W1 from scratch, beside django-appointment", peer["cpu"], GOALS["B1"])
    for name in ("W2", "W3"):
        for kind in ("scratch", "kept"):
            what = f"{name}, masks {'from scratch' if kind == 'scratch' else 'kept'}, beside a plain merge"
            times = results[name][f"plain / {kind}"]["cpu"]
            yield _row(f"B2 {name}", what, times, GOALS[f"B2 {kind}"])


def _row(number: str, what: str, times: float, goal: float) -> dict[str, Any]:
    """How many times as fast, and how many times it must be."""
    return {
        "id": number,
        "what": what,
        "goal": f"≥ {goal:g} × as fast",
        "measured": f"{times:,.{0 if times >= 10 else 2}f} ×",
        "reached": times >= goal,
    }


def main() -> None:
    """Run B1 and B2 and print them as JSON."""
    parser = argparse.ArgumentParser(description="B1 and B2: availability in process")
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--without-peer", action="store_true", help="leave django-appointment out")
    options = parser.parse_args()
    results: dict[str, Any] = {"rounds": options.rounds, "goals": GOALS}
    for workload in all_workloads():
        results[workload.name], timings, answer = run(workload, options.rounds)
        if workload.name != "W1":
            continue
        check_with_oracle(workload, answer)
        if not options.without_peer:
            peer = ask_peer(workload, options.rounds)
            require(peer["starts"] == [text[:19] for text in json.loads(answer)], "the peer")
            timing = {kind: [one[kind] for one in peer["rounds"]] for kind in ("cpu", "wall")}
            results["W1"]["ms"]["django_appointment"] = milliseconds(timing)
            results["W1"]["django_appointment queries"] = peer["queries"]
            results["W1"]["django_appointment / scratch"] = ratio(timing, timings["scratch"])
    print(json.dumps({"rows": list(rows_of(results)), **results}))


if __name__ == "__main__":
    main()
