"""B5 and B6: ``POST …/appointments``, whole stack, over sockets.

B5: 32 clients book at 500 professionals on PostgreSQL, beside the rate at which the same INSERTs alone go in,
in turn. B6: a thousand clients after one slot at the same moment, on both databases, beside the time that one
refusal takes when nobody else asks.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import inserts, load, served
from bench.processes import cpu_seconds
from bench.starts import starts

ROUNDS, PER_ROUND, CLIENTS = 3, 600, 32
CROWD, ALONE = 1000, 30
B5_SHARE, B5_MILLISECONDS, B6_GRACE_MILLISECONDS = 0.25, 100, 250


def main() -> None:
    """Measure and print one JSON object; ``--rounds N`` and ``--crowd N`` make it shorter."""
    rounds = _option("--rounds", ROUNDS)
    detail: dict[str, Any] = {}
    rows = []
    if "postgres" in served.engines():
        detail["b5"] = spread(rounds)
        rows += b5_rows(detail["b5"])
    for engine in served.engines():
        detail[f"b6 {engine}"] = found = rush(engine, rounds, _option("--crowd", CROWD))
        rows.append(b6_row(engine, found))
    print(json.dumps({"rows": rows, **detail}))


def spread(rounds: int) -> dict[str, float]:
    """B5: the server and the bare INSERTs in turn, so that a drift of the machine meets both."""
    with served.installation("postgres") as house, tempfile.TemporaryDirectory() as folder:
        filled = json.loads(house.python("-m", "bench.fill", "W3"))
        raw = _captured(house, filled, Path(folder), rounds)
        served.serve(house, workers=2)
        taken, rates, costs = [], [], []
        for number in range(rounds + 1):
            before = cpu_seconds(house.processes)
            found = load.load(house.port, _streams(filled, day=2 + number), seconds=600)
            costs.append(1000 * (cpu_seconds(house.processes) - before) / PER_ROUND)
            _require({201}, found.statuses)
            part = raw[number * PER_ROUND : (number + 1) * PER_ROUND]
            url = house.environment["CLIENTELA_DATABASE_URL"]
            rates.append(inserts.replay(url, part, connections=CLIENTS))
            taken.append(found)
    taken, rates, costs = taken[1:], rates[1:], costs[1:]  # the first round warms up
    return {
        "share": statistics.median(one.rate / rate for one, rate in zip(taken, rates, strict=True)),
        "rate": statistics.median(one.rate for one in taken),
        "raw_rate": statistics.median(rates),
        "p50_ms": statistics.median(one.median for one in taken),
        "p99_ms": statistics.median(one.percentile(0.99) for one in taken),
        "server_cpu_ms": statistics.median(costs),
        "inserts": len(raw[0]),
    }


def b5_rows(found: dict[str, float]) -> list[dict[str, Any]]:
    """B5 promises two things."""
    return [
        {
            "id": "B5",
            "what": f"{CLIENTS} clients book at 500 professionals, PostgreSQL",
            "goal": f"≥ {B5_SHARE:.0%} of the bare INSERTs' rate",
            "measured": f"{found['share']:.0%} ({found['rate']:.0f}/s beside {found['raw_rate']:.0f}/s)",
            "reached": found["share"] >= B5_SHARE,
        },
        {
            "id": "B5",
            "what": "the slowest hundredth of these answers",
            "goal": f"p99 ≤ {B5_MILLISECONDS} ms",
            "measured": f"{found['p99_ms']:.0f} ms (median {found['p50_ms']:.0f} ms)",
            "reached": found["p99_ms"] <= B5_MILLISECONDS,
        },
    ]


def rush(engine: served.Engine, rounds: int, crowd: int) -> dict[str, float]:
    """B6: everybody after one slot at once; before it, the same refusal with nobody else about."""
    slowest, refusals, allowed, winners, broken = [], [], [], [], 0
    with served.installation(engine) as house:
        filled = json.loads(house.python("-m", "bench.fill", "W1"))
        served.serve(house)
        free = [start for start, _ in itertools.islice(_free(filled), 2 * (rounds + 1))]
        for number in range(rounds + 1):
            taken, wanted = free[2 * number], free[2 * number + 1]
            alone = asyncio.run(_one_by_one(house.port, filled, taken))
            answers = asyncio.run(_all_at_once(house.port, filled, wanted, crowd))
            if not number:  # the first round warms up
                continue
            refusals.append(statistics.median(alone))
            slowest.append(1000 * max(seconds for _, seconds in answers))
            allowed.append(B6_GRACE_MILLISECONDS + crowd * refusals[-1])
            winners.append(sum(status == 201 for status, _ in answers))
            broken += sum(status not in {201, 409} for status, _ in answers)
    worst = max(range(rounds), key=lambda n: slowest[n] / allowed[n])
    return {
        "clients": crowd,
        "winners": max(winners, key=lambda count: abs(count - 1)),
        "not_201_or_409": broken,
        "slowest_ms": slowest[worst],
        "allowed_ms": allowed[worst],
        "refusal_ms": refusals[worst],
    }


def b6_row(engine: str, found: dict[str, float]) -> dict[str, Any]:
    """B6 as a row."""
    sound = found["winners"] == 1 and not found["not_201_or_409"]
    return {
        "id": f"B6 {engine}",
        "what": f"{found['clients']:.0f} clients after one slot",
        "goal": f"1 wins, 0 × 5xx, slowest ≤ {found['allowed_ms'] / 1000:.1f} s",
        "measured": f"{found['winners']:.0f} wins, {found['not_201_or_409']:.0f} errors, "
        f"slowest {found['slowest_ms'] / 1000:.1f} s (alone {found['refusal_ms']:.0f} ms)",
        "reached": sound and found["slowest_ms"] <= found["allowed_ms"],
    }


def booking(filled: dict[str, Any], start: datetime, who: str, professional: str = "") -> bytes:
    """A stranger's booking."""
    body = {
        "service": filled["service"],
        "start": start.isoformat(),
        "client": {"name": who, "email": f"{who.replace(' ', '.').lower()}@example.com"},
        **({"professional": professional} if professional else {}),
    }
    path = f"/api/v1/businesses/{filled['slug']}/appointments"
    return load.post(path, json.dumps(body).encode())


def _streams(filled: dict[str, Any], *, day: int) -> list[Iterator[bytes]]:
    """One client's requests each; together they book so many starts of a day."""
    chosen = list(starts(day=day, people=filled["professionals"], count=PER_ROUND))
    requests = [
        booking(filled, start, f"Client {day} {number}", person)
        for number, (start, person) in enumerate(chosen)
    ]
    return [iter(requests[number::CLIENTS]) for number in range(CLIENTS)]


def _captured(
    house: served.Served, filled: dict[str, Any], folder: Path, rounds: int
) -> list[list[inserts.Statement]]:
    file = folder / "inserts.pickle"
    count = str(PER_ROUND * (rounds + 1))
    house.python("-m", "bench.capture_inserts", str(file), count, filled["slug"], filled["service"])
    told: list[list[inserts.Statement]] = pickle.loads(file.read_bytes())  # noqa: S301 -- written a moment ago, by us
    return told


def _free(filled: dict[str, Any]) -> Iterator[tuple[datetime, str]]:
    for day in itertools.count():
        yield from starts(day=day, people=filled["professionals"][:1], count=11)


async def _one_by_one(port: int, filled: dict[str, Any], start: datetime) -> list[float]:
    """Milliseconds of each refusal of a slot that the first of them took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    times = []
    for number in range(ALONE + 1):
        request = booking(filled, start, f"Alone {start:%d%H%M} {number}")
        began = time.perf_counter()
        status, _ = await load.ask(reader, writer, request)
        times.append(1000 * (time.perf_counter() - began))
        _require({409 if number else 201}, {status: 1})
    writer.close()
    return times[1:]


async def _all_at_once(
    port: int, filled: dict[str, Any], start: datetime, crowd: int
) -> list[tuple[int, float]]:
    """Status and seconds of everybody's answer; all connections stand open before the first speaks."""
    doors = [await asyncio.open_connection("127.0.0.1", port, limit=1 << 20) for _ in range(crowd)]

    async def speak(number: int) -> tuple[int, float]:
        request = booking(filled, start, f"Crowd {start:%d%H%M} {number}")
        began = time.perf_counter()
        try:
            status, _ = await load.ask(*doors[number], request)
        except (OSError, EOFError):
            status = 0
        return status, time.perf_counter() - began

    answers = await asyncio.gather(*(speak(number) for number in range(crowd)))
    for _, writer in doors:
        writer.close()
    return answers


def _require(expected: set[int], found: dict[int, int] | Sequence[int]) -> None:
    if set(found) != expected:
        message = f"answered {found}, not {expected}"
        raise RuntimeError(message)


def _option(name: str, usual: int) -> int:
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else usual


if __name__ == "__main__":
    main()
