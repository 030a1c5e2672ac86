"""Search among clients: 200,000 cards of one business, with an empty installation around it and with a full one.

``python bench/search_clients.py [HERE [AROUND [ROUNDS]]]`` prints JSON, for each engine: the middle, p95 and slowest
of the questions of ``bench/cards.py``, each the first time and again.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from bench.served import engines, installation

GOAL_MILLISECONDS, GOAL_TIMES = 50, 1.5


def main() -> None:
    """Measure and print one JSON object."""
    here, around, rounds = (*map(int, sys.argv[1:]), *(200_000, 200_000, 15)[len(sys.argv) - 1 :])
    rows, detail = [], {}
    for engine in engines():
        taken = {}
        for name, neighbours in (("alone", 0), ("among others", around)):
            with installation(engine, durable=False) as served:
                served.python("-m", "bench.cards", "fill", str(here), str(neighbours))
                taken[name] = json.loads(served.python("-m", "bench.cards", "ask", str(rounds)))
        rows += rows_of(engine, taken, here)
        detail[engine] = {name: middles(found) for name, found in taken.items()}
    print(json.dumps({"rows": rows, "milliseconds": detail}))


def rows_of(
    engine: str, taken: dict[str, dict[str, list[float]]], here: int
) -> Iterator[dict[str, Any]]:
    """The two figures of an engine."""
    alone, among = (p95(found) for found in taken.values())
    yield {
        "id": "B7",
        "what": f"client search among {here:,} cards, {engine}",
        "goal": f"p95 ≤ {GOAL_MILLISECONDS} ms",
        "measured": f"{among:.1f} ms",
        "reached": among <= GOAL_MILLISECONDS,
    }
    yield {
        "id": "B7",
        "what": f"client search, p95 in a full installation, {engine}",
        "goal": f"≤ {GOAL_TIMES} × that in an empty one",
        "measured": f"{among / alone:.2f} ×",
        "reached": among <= GOAL_TIMES * alone,
    }


def p95(found: dict[str, list[float]]) -> float:
    """The nineteenth twentieth of all answers."""
    return statistics.quantiles((one for times in found.values() for one in times), n=20)[-1]


def middles(found: dict[str, list[float]]) -> dict[str, float]:
    """The middle of each question, in milliseconds."""
    return {text: round(statistics.median(times), 2) for text, times in found.items()}


if __name__ == "__main__":
    main()
