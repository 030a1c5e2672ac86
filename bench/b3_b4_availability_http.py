"""B3 and B4: ``GET …/availability`` of a month, whole stack, over sockets, on both databases.

B3 is the rate of W1 beside that of a view in the same server that does one ``.values()`` read and
answers a constant; B4 is the median answer of W2 ("any of 50") beside W1's.
"""

from __future__ import annotations

import itertools
import json
import statistics
import sys
from typing import Any

from bench import load, served, workloads

ROUNDS, SECONDS, CONNECTIONS = 5, 2.0, 2
B3_GOAL, B4_GOAL = 0.70, 2.0


def main() -> None:
    """Measure on every engine that is here and print one JSON object."""
    rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else ROUNDS
    detail = {engine: measure(engine, rounds) for engine in served.engines()}
    rows: list[dict[str, Any]] = []
    for engine, found in detail.items():
        rows.append(
            {
                "id": f"B3 {engine}",
                "what": "a month of W1, whole stack, beside one read and a constant",
                "goal": f"≥ {B3_GOAL:.0%} of its requests/s",
                "measured": f"{found['b3']:.0%} ({found['w1_rate']:.0f}/s beside {found['peer_rate']:.0f}/s)",
                "reached": found["b3"] >= B3_GOAL,
            }
        )
        rows.append(
            {
                "id": f"B4 {engine}",
                "what": "a month of W2, any of 50, beside W1",
                "goal": f"p50 ≤ {B4_GOAL:g} × W1's",
                "measured": f"{found['b4']:.2f} × ({found['w2_ms']:.2f} ms beside {found['w1_ms']:.2f} ms)",
                "reached": found["b4"] <= B4_GOAL,
            }
        )
    print(json.dumps({"rows": rows, "engines": detail}))


def measure(engine: served.Engine, rounds: int) -> dict[str, float]:
    """Serve W1 and W2 and ask in turn, so that a drift of the machine meets all alike."""
    with served.installation(engine) as house:
        small = json.loads(house.python("-m", "bench.fill", "W1"))
        large = json.loads(house.python("-m", "bench.fill", "W2"))
        served.serve(house)
        work = workloads.w1()
        paths = {
            "w1": availability(small, work),
            "w2": availability(large, work),
            "peer": f"/api/v1/businesses/{small['slug']}/peer/{small['service']}",
        }
        taken: dict[str, list[load.Measured]] = {name: [] for name in paths}
        for round_number in range(rounds + 1):
            for name, path in paths.items():
                found = load.load(
                    house.port,
                    [itertools.repeat(load.get(path)) for _ in range(CONNECTIONS)],
                    seconds=SECONDS,
                )
                if set(found.statuses) != {200}:
                    message = f"{name} answered {found.statuses}"
                    raise RuntimeError(message)
                if round_number:  # the first round warms up
                    taken[name].append(found)
    rate = {name: statistics.median(one.rate for one in many) for name, many in taken.items()}
    middle = {name: statistics.median(one.median for one in many) for name, many in taken.items()}
    b3 = statistics.median(
        ours.rate / theirs.rate for ours, theirs in zip(taken["w1"], taken["peer"], strict=True)
    )
    b4 = statistics.median(
        large.median / small.median for large, small in zip(taken["w2"], taken["w1"], strict=True)
    )
    return {
        "b3": b3,
        "b4": b4,
        "w1_rate": rate["w1"],
        "w2_rate": rate["w2"],
        "peer_rate": rate["peer"],
        "w1_ms": middle["w1"],
        "w2_ms": middle["w2"],
        "peer_ms": middle["peer"],
    }


def availability(filled: dict[str, Any], work: workloads.Workload) -> str:
    """The question for the whole month."""
    last_on = work.first_on.fromordinal(work.first_on.toordinal() + work.days - 1)
    return (
        f"/api/v1/businesses/{filled['slug']}/availability?service={filled['service']}"
        f"&from={work.first_on}&to={last_on}"
    )


if __name__ == "__main__":
    main()
