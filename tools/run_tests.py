"""Run the whole suite: on SQLite, then on PostgreSQL. ``make test``, or ``make test ARGS="-k cancel"``.

What depends on no database (rules, house, tools) and what drives a browser runs once, with SQLite.
What could not run is said in one visible line; ``CLIENTELA_REQUIRE_POSTGRES=1`` and
``CLIENTELA_REQUIRE_BROWSER=1`` make it a failure instead. The last line is pytest's closing line, with the
figures of both runs added up.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from tests.kit import browser, postgres, template

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
NOTHING_COLLECTED = 5
ONCE_PER_DATABASE = "not nodb and not browser"
MOST_WORKERS = 8
MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of one's own is made in it
ENOUGH_MEMORY = 4 * 2**30
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?)")
CLOSING = re.compile(r"^=* ?(?:\d+ \w+(?:, )?)+ in [\d.]+s")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def main(arguments: Sequence[str] | None = None, *, selection: str = "") -> int:
    """Run both passes, of all tests or of those a marker expression selects; the exit code is honest."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    missing = what_is_missing()
    if any(required for _, required in missing):
        for sentence, _ in missing:
            sys.stderr.write(sentence + "\n")
        return 1
    with scratch():
        return _both(given, selection, missing)


@contextmanager
def scratch() -> Iterator[None]:
    """Let the temporary files of the run live in memory where there is enough of it: nothing here waits for a disk.

    The tests kill processes, never the power, so what a process has written stays written in either place.
    """
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or _free(MEMORY) < ENOUGH_MEMORY:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="clientela-", dir=MEMORY) as folder:
        Path(folder).chmod(0o711)  # the database server runs as another user
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        try:
            yield
        finally:
            del os.environ["TMPDIR"]
            tempfile.tempdir = None


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _both(given: list[str], selection: str, missing: list[tuple[str, bool]]) -> int:
    began = time.monotonic()
    total: Counter[str] = Counter()
    if postgres.is_available():
        with nullcontext() if named_server() else postgres.Cluster.start() as cluster:
            url = cluster.url if cluster else named_server()
            once = " and ".join(filter(None, [selection and f"({selection})", ONCE_PER_DATABASE]))
            with migrated_ahead(url):
                codes = [one_pass("sqlite", given, total, selection)]
            codes.append(one_pass("postgres", given, total, once, CLIENTELA_TEST_POSTGRES_URL=url))
    else:
        codes = [one_pass("sqlite", given, total, selection)]
    for sentence, _ in missing:
        sys.stdout.write(sentence + "\n")
    sys.stdout.write(closing_line(total, time.monotonic() - began) + "\n")
    failed = [code for code in codes if code not in {0, NOTHING_COLLECTED}]
    return failed[0] if failed else min(codes)


@contextmanager
def migrated_ahead(url: str) -> Iterator[None]:
    """Migrate the second pass's database while the first pass waits for its own: a migration fills one processor.

    Where that fails, the second pass does it again and shows why.
    """
    template.share()
    with subprocess.Popen(
        [sys.executable, "-c", "from tests.kit import template; template.postgres_name()"],
        cwd=ROOT,
        env={**os.environ, "CLIENTELA_TEST_POSTGRES_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ):
        yield


def named_server() -> str:
    """Return the PostgreSQL server that the environment names, or nothing."""
    return os.environ.get("CLIENTELA_TEST_POSTGRES_URL", "")


def what_is_missing() -> list[tuple[str, bool]]:
    """Return a sentence for each thing this machine lacks, and whether it was required."""
    missing = []
    if not postgres.is_available():
        required = os.environ.get("CLIENTELA_REQUIRE_POSTGRES") == "1"
        missing.append(("NOT RUN: everything on PostgreSQL; no server was found.", required))
    if not browser.is_available():
        required = os.environ.get("CLIENTELA_REQUIRE_BROWSER") == "1"
        missing.append(("NOT RUN: the browser journeys; no Chromium was found.", required))
    return missing


def one_pass(
    database: str, given: list[str], total: Counter[str], selection: str, **extra: str
) -> int:
    """Run pytest on one database, show what it says, and add its figures to ``total``."""
    sys.stdout.write(f"\n=== {database} ===\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", *workers(given)]
    if selection:
        command += ["-m", selection]
    environment = {**os.environ, "CLIENTELA_TEST_DATABASE": database, **extra}
    closing = ""
    with subprocess.Popen(
        [*command, *given], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            plain = COLOUR.sub("", line)
            closing = plain if CLOSING.match(plain) else closing
    for number, word in COUNTED.findall(closing):
        total[word.rstrip("s") if word in {"errors", "warnings"} else word] += int(number)
    return run.returncode


def workers(given: list[str]) -> list[str]:
    """Return the options that spread the run over this machine's processors."""
    if any(option.startswith(("-n", "--pdb", "-x", "-s", "--sw")) for option in given):
        return []
    count = min(os.cpu_count() or 1, MOST_WORKERS)
    return ["-n", str(count), "--dist", "loadfile", "--no-loadscope-reorder"] if count > 1 else []


def closing_line(total: Counter[str], seconds: float) -> str:
    """Return pytest's closing line for all passes together."""
    order = ("failed", "error", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning")
    counted = {"error", "warning"}  # the words that have a plural
    figures = ", ".join(
        f"{total[word]} {word}{'s' if word in counted and total[word] != 1 else ''}"
        for word in order
        if total[word]
    )
    return f"=== {figures or 'no tests ran'} in {seconds:.2f}s ==="


if __name__ == "__main__":
    sys.exit(main())
