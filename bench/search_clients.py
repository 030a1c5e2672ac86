"""Search among clients: 200,000 cards of one business, with an empty installation around it and with a full one.

``python bench/search_clients.py [HERE [AROUND [ROUNDS]]]`` prints JSON, for each engine: p95 of the questions of
``bench/cards.py`` and the middle of each. Beside the clock stands the processor time of the asking process, which on
SQLite is all there is: on a machine that others use as well, it is the fairer figure.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from bench.served import Engine, engines, installation

GOAL_MILLISECONDS, GOAL_TIMES = 50, 1.5
DEFAULTS = (200_000, 200_000, 15)

Taken = dict[str, dict[str, list[float]]]


def main() -> None:
    """Measure and print one JSON object."""
    given = [int(word) for word in sys.argv[1:]]
    here, around, rounds = (*given, *DEFAULTS[len(given) :])
    rows: list[dict[str, Any]] = []
    detail: dict[str, Any] = {}
    for engine in engines():
        alone = measured(engine, here=here, around=0, rounds=rounds)
        among = measured(engine, here=here, around=around, rounds=rounds)
        rows += rows_of(engine, alone, among, here=here)
        detail[engine] = {"alone": middles(alone), "among others": middles(among)}
    print(json.dumps({"rows": rows, "milliseconds": detail}))


def measured(engine: Engine, *, here: int, around: int, rounds: int) -> Taken:
    """Fill an installation and ask in it."""
    with installation(engine, durable=False) as served:
        served.python("-m", "bench.cards", "fill", str(here), str(around))
        taken: Taken = json.loads(served.python("-m", "bench.cards", "ask", str(rounds)))
        return taken


def rows_of(engine: str, alone: Taken, among: Taken, *, here: int) -> Iterator[dict[str, Any]]:
    """The two figures of an engine."""
    slow, quick = p95(among["wall"]), p95(alone["wall"])
    yield {
        "id": "B7",
        "what": f"client search among {here:,} cards, {engine}",
        "goal": f"p95 ≤ {GOAL_MILLISECONDS} ms",
        "measured": f"{slow:.1f} ms ({p95(among['cpu']):.1f} ms of processor)",
        "reached": slow <= GOAL_MILLISECONDS,
    }
    yield {
        "id": "B7",
        "what": f"client search, p95 in a full installation, {engine}",
        "goal": f"≤ {GOAL_TIMES} × that in an empty one",
        "measured": f"{slow / quick:.2f} ×",
        "reached": slow <= GOAL_TIMES * quick,
    }


def p95(found: dict[str, list[float]]) -> float:
    """The nineteenth twentieth of all answers."""
    return statistics.quantiles((one for times in found.values() for one in times), n=20)[-1]


def middles(found: Taken) -> dict[str, dict[str, float]]:
    """The middle of each question, in milliseconds."""
    return {
        kind: {text: round(statistics.median(times), 2) for text, times in texts.items()}
        for kind, texts in found.items()
    }


if __name__ == "__main__":
    main()
