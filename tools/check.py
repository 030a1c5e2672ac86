"""Everything CI checks before it runs a test: ``make check``. ``make fix`` mends what a machine can.

Each check is one line of the table; all of them run, so that one look shows everything that is wrong.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tools.lints import names, reasons, sizes, templates, times, words, writes
from tools.lints.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PYTHON = sys.executable
RUFF = [PYTHON, "-m", "ruff"]
PLACES = ["src", "tests", "tools", "bench", "dev.py"]

PROGRAMS: dict[str, list[str]] = {
    "format": [*RUFF, "format", "--check", "--output-format", "concise", *PLACES],
    "ruff": [*RUFF, "check", "--quiet", "--output-format", "concise", *PLACES],
    "mypy": [PYTHON, "-m", "mypy"],
    "contracts": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "templates": [PYTHON, "-m", "djlint", "--lint", "--quiet", "src"],
    "translations": [PYTHON, "-m", "tools.translations", "check"],
    "locks": [PYTHON, "-m", "tools.locks", "check"],
    "vendored files": [PYTHON, "-m", "tools.vendor", "check"],
    "day grid": [PYTHON, "-m", "tools.daygrid_css", "check"],
    "papers": [PYTHON, "-m", "tools.papers", "--check"],
    "house": [PYTHON, "-m", "pytest", "-q", "--tb=line", "-m", "not slow", "tests/house"],
}
LINTS: dict[str, Callable[[Path], Iterator[str]]] = {
    "only actions write": writes.complaints,
    "sizes": sizes.complaints,
    "names": names.complaints,
    "no machine's paths": words.complaints,
    "reasons of suppressions": reasons.complaints,
    "one converter of time": times.complaints,
    "templates speak": templates.complaints,
}
LONGEST = ("mypy", "house", "papers")
FIXES = [[*RUFF, "check", "--fix", "--quiet", *PLACES], [*RUFF, "format", "--quiet", *PLACES]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every check, or those named; 1 when any complains."""
    parser = argparse.ArgumentParser(description="Run the checks.")
    parser.add_argument("only", nargs="*", help="names of checks; none means all")
    parser.add_argument("--fix", action="store_true", help="let ruff mend and format, then stop")
    parser.add_argument(
        "--fast", action="store_true", help="leave out what takes seconds (pre-commit)"
    )
    options = parser.parse_args(arguments)
    if options.fix:
        return max(subprocess.call(command, cwd=ROOT) for command in FIXES)
    slow = {"mypy", "house", "papers", "translations"} if options.fast else set()
    chosen = [name for name in (*PROGRAMS, *LINTS) if name not in slow]
    if options.only:
        chosen = [name for name in chosen if name in options.only]
    failed = run_all(chosen)
    for mention in [] if options.only or options.fast else sizes.mentions(ROOT):
        print(f"  worth a look: {mention}")
    print(
        f"{len(chosen) - len(failed)} of {len(chosen)} checks pass.",
        *failed and ["Not:", ", ".join(failed)],
    )
    return 1 if failed else 0


def run_all(names: Sequence[str]) -> list[str]:
    """Run checks side by side, the longest first; print each in its turn, and return those that complain."""
    by_length = sorted(names, key=lambda name: LONGEST.index(name) if name in LONGEST else 99)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        under_way = {name: pool.submit(run_one, name) for name in by_length}
        return [name for name in names if not tells(name, *under_way[name].result())]


def run_one(name: str) -> tuple[str, float]:
    """Run one check; return what it says, nothing where all is well, and how long it took."""
    began = time.monotonic()
    said = run_program(PROGRAMS[name]) if name in PROGRAMS else "\n".join(LINTS[name](ROOT))
    return said, time.monotonic() - began


def tells(name: str, said: str, seconds: float) -> bool:
    """Print how a check went, and what it says when it complains; return whether all is well."""
    print(f"{'FAIL' if said else 'ok':>4}  {name:<26} {seconds:5.1f} s", flush=True)
    if said:
        print(said.rstrip(), flush=True)
    return not said


def run_program(command: list[str]) -> str:
    """Run a program; return what it printed when it failed, else nothing."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr or "failed and said nothing") if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
