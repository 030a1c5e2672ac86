"""B8: many messages due at the same minute, one worker, a mail server on this machine.

The peer is the sink itself: the same mails, composed beforehand, handed over one after another by the same SMTP
code. What is left of its speed is what deciding, writing and remembering cost. Both take turns, round by round.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.served import engines, installation

MESSAGES = int(os.environ.get("BENCH_MAILS", "10000"))
ROUNDS = 3
GOAL = 0.5
FIRST_WITHIN = 1.0


def measure(engine: str) -> dict[str, float]:
    """Return mails per second of the sink alone and of a worker, and how long the first one took."""
    with installation(engine) as served:  # type: ignore[arg-type]  # a word of `engines()`
        sink = subprocess.Popen(
            [sys.executable, "-m", "bench.mail_sink"],
            cwd=served.environment["PYTHONPATH"].split(os.pathsep)[-1],
            env=served.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert sink.stdout is not None  # noqa: S101 -- asked for above
        served.environment |= {
            "CLIENTELA_MAIL": "smtp",
            "CLIENTELA_SMTP_HOST": "127.0.0.1",
            "CLIENTELA_SMTP_PORT": sink.stdout.readline().strip(),
        }
        try:
            rounds = [
                json.loads(served.python("-m", "bench.mails", str(MESSAGES // ROUNDS)))
                for _ in range(ROUNDS)
            ]
        finally:
            sink.terminate()
            sink.wait(30)
    return {name: median(one[name] for one in rounds) for name in rounds[0]}


def main() -> int:
    """Print the figures of every engine there is."""
    found = {engine: measure(engine) for engine in engines()}
    rows = []
    for engine, one in found.items():
        share = one["worker_per_second"] / one["sink_per_second"]
        rows.append(
            {
                "id": "B8",
                "what": f"mails handed over by one worker, of the sink's own ceiling, {engine}",
                "goal": f"≥ {GOAL:.0%}, the first within {FIRST_WITHIN:.0f} s",
                "measured": f"{share:.0%}: {one['worker_per_second']:.0f} of {one['sink_per_second']:.0f} per second,"
                f" the first after {one['first_after_seconds']:.2f} s",
                "reached": share >= GOAL and one["first_after_seconds"] <= FIRST_WITHIN,
            }
        )
    print(json.dumps({"rows": rows, "mails": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
