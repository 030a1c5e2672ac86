"""The suite on Django 6.1 and a newer Python, so that the next long-term release is a version bump.

The environment ``.venv-next`` is the locked one with one package exchanged; Django itself comes unhashed, which
is why nothing but this rehearsal ever uses it. Part of ``make prove-all``; says so when no interpreter fits.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import dev

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv-next"
OLDEST = (3, 12)
DJANGO = "Django>=6.1,<6.2"


def main() -> int:
    """Build the environment if need be and run the suite on SQLite in it."""
    python = newer_python()
    if python is None:
        print("NOT RUN: the rehearsal on Django 6.1; no Python 3.12 or newer was found.")
        return 0
    inside = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not inside.exists() and (code := build(python, inside)) != 0:
        shutil.rmtree(HOME, ignore_errors=True)
        return code
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    # Deprecations of the *next* release are news here, not errors.
    command = [str(inside), "-m", "pytest", "-q", "-m", "not browser and not slow", "-W", "default"]
    return subprocess.call(
        [*command, "--override-ini", "filterwarnings="], cwd=ROOT, env=environment
    )


def newer_python() -> str | None:
    """Return a Python that Django 6.1 accepts, or None."""
    for candidate in dev.candidates():
        version = dev.output([candidate, "-c", dev.PROBE])
        if version and tuple(int(part) for part in version.split(".")) >= OLDEST:
            return str(candidate)
    return None


def build(python: str, inside: Path) -> int:
    """Install the lock, then exchange Django."""
    steps = [
        [python, "-m", "venv", str(HOME)],
        [
            str(inside),
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "-r",
            "requirements-dev.lock",
        ],
        [str(inside), "-m", "pip", "install", "-q", "--upgrade", DJANGO],
    ]
    for step in steps:
        if (code := subprocess.call(step, cwd=ROOT)) != 0:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
