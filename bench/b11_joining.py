"""Joining and parting a client card of ten thousand rows, on each engine.

``python bench/b11_joining.py [ROWS [ROUNDS]]`` prints JSON: the middle of the rounds by the clock. The merge reads the
plan again under its locks, as at the desk.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from bench.served import engines, installation

GOAL_MILLISECONDS = 300
DEFAULTS = (10_000, 7)


def main() -> None:
    """Measure and print one JSON object."""
    given = [int(word) for word in sys.argv[1:]]
    count, rounds = (*given, *DEFAULTS[len(given) :])
    rows: list[dict[str, Any]] = []
    for engine in engines():
        with installation(engine, durable=True) as served:
            served.python("-m", "bench.joined", "fill", str(count))
            found = json.loads(served.python("-m", "bench.joined", "time", str(rounds)))
        rows.append(
            {
                "id": "B11",
                "what": f"join two client cards, {count:,} rows move, {engine}",
                "goal": f"≤ {GOAL_MILLISECONDS} ms",
                "measured": f"{found['merge']} ms ({found['merge_cpu']} ms of processor); parting {found['part']} ms",
                "reached": found["merge"] <= GOAL_MILLISECONDS,
            }
        )
    print(json.dumps({"rows": rows}))


if __name__ == "__main__":
    main()
