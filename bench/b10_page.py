"""B10: what the booking page weighs and takes, how soon ``make demo`` is open, what an idle installation holds.

Bytes are counted as they travel, of the page and of everything it names: styles, scripts, fonts, pictures.
``make demo`` starts in a fresh copy of the repository without an environment; the installer's own cache is warm.
"""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from bench import load
from bench.processes import cpu_seconds, family, memory_megabytes

ROOT = Path(__file__).resolve().parent.parent
PORT = 8297
GOAL_BYTES, GOAL_MILLISECONDS, GOAL_SECONDS, GOAL_MEGABYTES = 100_000, 25, 30, 200
ASKED, WARM, OPEN_SECONDS, SETTLED_SECONDS = 200, 30, 600, 15
_NAMED = re.compile(r"""(?:href|src)=["']([^"']+\.(?:css|js|svg|png|webp|ico|woff2)[^"']*)["']""")
_IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


def main() -> None:
    """Measure and print one JSON object."""
    with demo() as (process, opened_after):
        slug = businesses()[0]
        time.sleep(SETTLED_SECONDS)  # the worker has heard the demo's events by now
        megabytes = memory_megabytes(family(process.pid)[1])  # without the starter, dev.py
        weights = page_bytes(f"/{slug}/")
        before = cpu_seconds([process])
        milliseconds = asyncio.run(middle(f"/{slug}/"))
        cpu = 1000 * (cpu_seconds([process]) - before) / (ASKED + WARM)
    rows = list(rows_of(sum(weights.values()), milliseconds, opened_after, megabytes))
    print(json.dumps({"rows": rows, "bytes": weights, "server_cpu_ms": cpu}))


def rows_of(
    size: int, milliseconds: float, opened_after: float, megabytes: float
) -> Iterator[dict[str, Any]]:
    """The four figures, in the order in which a visitor and an operator meet them."""
    yield {
        "id": "B10",
        "what": "booking page with styles, scripts, fonts",
        "goal": f"≤ {GOAL_BYTES // 1000} kB travelling",
        "measured": f"{size / 1000:.1f} kB",
        "reached": size <= GOAL_BYTES,
    }
    yield {
        "id": "B10",
        "what": "booking page, server time",
        "goal": f"p50 ≤ {GOAL_MILLISECONDS} ms",
        "measured": f"{milliseconds:.1f} ms",
        "reached": milliseconds <= GOAL_MILLISECONDS,
    }
    yield {
        "id": "B10",
        "what": "make demo from nothing, packages in the installer's cache",
        "goal": f"≤ {GOAL_SECONDS} s until it answers",
        "measured": f"{opened_after:.1f} s",
        "reached": opened_after <= GOAL_SECONDS,
    }
    yield {
        "id": "B10",
        "what": "idle memory, server and worker",
        "goal": f"≤ {GOAL_MEGABYTES} MB",
        "measured": f"{megabytes:.0f} MB",
        "reached": megabytes <= GOAL_MEGABYTES,
    }


@contextmanager
def demo() -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """Run ``make demo`` in a fresh copy; give the process and the seconds until it answered."""
    with tempfile.TemporaryDirectory(prefix="clientela-bench-") as folder:
        copy = Path(folder) / "clientela"
        _copy_tracked(copy)
        environment = {
            name: value
            for name, value in os.environ.items()
            if "CLIENTELA" not in name and not name.startswith(("DJANGO", "PYTHON", "VIRTUAL"))
        }
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "dev.py", "demo", "--port", str(PORT)],
            cwd=copy,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr,
        )
        try:
            while not _answers():
                if process.poll() is not None or time.monotonic() - began > OPEN_SECONDS:
                    message = "the demo did not open"
                    raise RuntimeError(message)
                time.sleep(0.05)
            yield process, time.monotonic() - began
        finally:
            _end(process)


def businesses() -> list[str]:
    """The demo's businesses, as its first page links them."""
    _, body = fetch("/")
    return re.findall(r'href="/([a-z0-9-]+)/"', body.decode())


def page_bytes(path: str) -> dict[str, int]:
    """Bytes on the way of the page and of each thing it names."""
    size, body = fetch(path)
    sizes = {path: size}
    waiting = [urljoin(path, name) for name in _NAMED.findall(body.decode())]
    while waiting:
        address = urlsplit(waiting.pop()).path
        if address in sizes:
            continue
        sizes[address], content = fetch(address)
        if address.endswith(".css"):
            named = _IN_STYLE.findall(_text(content))
            waiting += [urljoin(address, name) for name in named if not name.startswith("data:")]
    return sizes


def fetch(path: str) -> tuple[int, bytes]:
    """Return how many bytes of body travelled, and the body as it is read."""
    travelled = _body(path, {"Accept-Encoding": "br, gzip"})
    return len(travelled), _body(path, {})


async def middle(path: str) -> float:
    """Milliseconds of the middle answer, asked on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT, limit=1 << 21)
    request = load.get(path).replace(b"application/json", b"text/html")
    times = []
    for _ in itertools.repeat(None, ASKED + WARM):
        began = time.perf_counter()
        status, _ = await load.ask(reader, writer, request)
        times.append(1000 * (time.perf_counter() - began))
        if status != http.HTTPStatus.OK:
            message = f"{path} answered {status}"
            raise RuntimeError(message)
    writer.close()
    return statistics.median(times[WARM:])


def _body(path: str, headers: dict[str, str]) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        message = f"{path} answered {answer.status}"
        raise RuntimeError(message)
    return body


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _answers() -> bool:
    try:
        _body("/", {})
    except (OSError, RuntimeError, http.client.HTTPException):
        return False
    return True


def _copy_tracked(to: Path) -> None:
    """Copy what a clone would hold, as it stands in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the demo to stop and wait for everything below it."""
    below = family(process.pid)
    process.send_signal(signal.SIGINT)
    for pid in below[1:]:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
    process.wait(60)


if __name__ == "__main__":
    main()
