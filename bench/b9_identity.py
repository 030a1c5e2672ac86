"""B9: finding the cards of one person among very many.

``python bench/b9_identity.py [HERE [ROUNDS]]`` prints JSON, for each engine: HERE invented cards in one business
(``bench/clients``, an eighth of them second cards), the batch from nothing and from stored keys, the look-up of what
is typed with its scoring, and what a change costs more because its keys follow. Beside the clock stands the processor
time, which is the fairer figure on a machine that others use as well.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from bench.served import Engine, engines, installation

DEFAULTS = (1_000_000, 1_000)
GOAL_KEYS, GOAL_NOTHING, GOAL_MEGABYTES = 60, 240, 1_000
GOAL_P50, GOAL_CHANGE = 0.3, 1.0
GOAL_P99 = {"sqlite": 3.0, "postgres": 5.0}
FAR = "at 1,000,000 cards"


def main() -> None:
    """Measure and print one JSON object."""
    given = [int(word) for word in sys.argv[1:]]
    here, rounds = (*given, *DEFAULTS[len(given) :])
    rows: list[dict[str, Any]] = []
    detail: dict[str, Any] = {}
    for engine in engines():
        with installation(engine, durable=False) as served:
            _tell(engine, served.python("-m", "bench.identities", "fill", str(here)))
            batch = json.loads(_tell(engine, served.python("-m", "bench.identities", "compare")))
            told = served.python("-m", "bench.identities", "ask", str(rounds))
        asked = json.loads(told)
        rows += [*batch_rows(engine, batch, here=here), *asked_rows(engine, asked, here=here)]
        detail[engine] = batch
        _tell(engine, json.dumps(list(asked_rows(engine, asked, here=here))))
    print(json.dumps({"rows": rows, "detail": detail}))


def _tell(engine: Engine, printed: str) -> str:
    """Show a step's numbers as soon as they stand: at full size the whole takes the better part of an hour."""
    print(
        f"{datetime.now(tz=UTC):%H:%M:%S} {engine} {printed.strip()}", file=sys.stderr, flush=True
    )
    return printed


def batch_rows(engine: Engine, batch: dict[str, Any], *, here: int) -> Iterator[dict[str, Any]]:
    """The batch: from nothing, from stored keys, and the memory of both."""
    for what, goal in (("from nothing", GOAL_NOTHING), ("from keys", GOAL_KEYS)):
        took = batch[what]
        yield row(
            f"all pairs of {here:,} cards, {what}, {engine}",
            goal=f"≤ {goal} s {FAR}",
            measured=f"{took['seconds']:.0f} s ({took['cpu']:.0f} s of processor)",
            reached=took["seconds"] <= goal if here >= DEFAULTS[0] else None,
        )
    most = max(batch["from nothing"]["megabytes"], batch["from keys"]["megabytes"])
    yield row(
        f"memory of the same, {engine}",
        goal=f"≤ {GOAL_MEGABYTES} MB {FAR}",
        measured=f"{most:.0f} MB",
        reached=most <= GOAL_MEGABYTES if here >= DEFAULTS[0] else None,
    )


def asked_rows(
    engine: Engine, asked: dict[str, list[float]], *, here: int
) -> Iterator[dict[str, Any]]:
    """A look-up with scoring, and the upkeep of a change."""
    looks, changes = asked["looks"], asked["changes"]
    p50, p99 = statistics.median(looks), statistics.quantiles(looks, n=100)[-1]
    yield row(
        f"look-up with scoring among {here:,} cards, {engine}",
        goal=f"p50 ≤ {GOAL_P50} ms, p99 ≤ {GOAL_P99[engine]:.0f} ms",
        measured=f"{p50:.2f} ms, {p99:.1f} ms",
        reached=p50 <= GOAL_P50 and p99 <= GOAL_P99[engine],
    )
    change = statistics.median(changes)
    yield row(
        f"keys that follow a change, {engine}",
        goal=f"≤ {GOAL_CHANGE:.0f} ms",
        measured=f"{change:.2f} ms",
        reached=change <= GOAL_CHANGE,
    )


def row(what: str, *, goal: str, measured: str, reached: bool | None) -> dict[str, Any]:
    """One line of the table."""
    return {"id": "B9", "what": what, "goal": goal, "measured": measured, "reached": reached}


if __name__ == "__main__":
    main()
