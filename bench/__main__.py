"""Run every benchmark: ``make bench``, or ``make bench ARGS="b3 b5"`` for some of them.

A benchmark is a program ``bench/b<number>_<what>.py`` that prints one JSON object and measures ours and its
peers in the same run. Its ``rows`` say what was measured, each ``{"id", "what", "goal", "measured",
"reached"}``; everything else in the object is kept as detail. The table is printed, and all of it is written to
``bench/results.json`` with commit, versions and machine; ``make papers`` puts the table into README.md.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "results.json"
PACKAGES = ("Django", "granian", "psycopg", "django-ninja")


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen programs; 1 when one of them fails. A missed goal is a figure, not a failure."""
    wanted = sys.argv[1:] if arguments is None else arguments
    chosen = [path for path in programs() if not wanted or set(wanted) & set(path.stem.split("_"))]
    results = {path.stem: measure(path) for path in chosen}
    failed = [name for name, found in results.items() if found is None]
    done = {name: found for name, found in results.items() if found is not None}
    rows = [row for found in done.values() for row in found.get("rows", [])]
    print("\n" + "\n".join(line(row) for row in rows))
    if not wanted and not failed:
        RESULTS.write_text(json.dumps({**setting(), "rows": rows, "detail": done}, indent=1) + "\n")
        print(
            f"\nWritten to {RESULTS.relative_to(ROOT)}; `make papers` puts the table into README.md."
        )
    for name in failed:
        print(f"FAILED: {name}")
    return 1 if failed else 0


def programs() -> list[Path]:
    """Return the benchmarks in the order of their numbers."""
    found = [path for path in HERE.glob("b[0-9]*_*.py") if path.is_file()]
    return sorted(found, key=lambda path: int(path.stem.split("_")[0].removeprefix("b")))


def measure(path: Path) -> dict[str, Any] | None:
    """Run one program and return what it printed, or None when it failed; its own words go to the terminal."""
    print(f"· {path.stem}", flush=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def setting() -> dict[str, Any]:
    """Return what the figures were measured on: commit, versions, machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    return {
        "commit": commit.strip(),
        "machine": f"{os.cpu_count()} x {processor()}, {platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in PACKAGES},
    }


def processor() -> str:
    """Return the processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "processor"
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), "processor"
    )


def line(row: dict[str, Any]) -> str:
    """Return one measured row as a line of the table."""
    mark = {True: "reached", False: "MISSED", None: ""}[row.get("reached")]
    return f"{row['id']:<5} {row['what']:<52} {row['measured']:<28} goal {row['goal']:<32} {mark}"


if __name__ == "__main__":
    sys.exit(main())
