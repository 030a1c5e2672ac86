"""A shipped installation as processes: the shipped settings, a folder of its own, a free port."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_SECONDS = 90


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """One `clientela …` command, and what it prints."""

    folder: Path
    words: tuple[str, ...]
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The shipped settings; nothing of the test run's own."""
        kept = {name: value for name, value in os.environ.items() if "CLIENTELA" not in name}
        return {
            **kept,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "clientela.settings",
            "CLIENTELA_DATA": str(self.folder),
            "CLIENTELA_URL": f"http://127.0.0.1:{self.port}",
            **self.extra,
        }

    @property
    def log(self) -> Path:
        return self.folder.with_suffix(".log")

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def start(self) -> Running:
        """Start the command in the background."""
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "clientela", *self.words],
                env=self.environment,
                cwd=self.folder.parent,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        return self

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same installation to its end."""
        return subprocess.run(
            [sys.executable, "-m", "clientela", *words],
            env=self.environment,
            cwd=self.folder.parent,
            capture_output=True,
            text=True,
            timeout=START_LIMIT_SECONDS,
            check=False,
        )

    def wait_for(self, words: str) -> None:
        """Wait until the command has printed that."""
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while words not in self.said:
            assert self.process is not None
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)

    def get(self, path: str) -> int:
        """Ask the server for a page and return the status of its answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal and return the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def children(self) -> dict[int, str]:
        """Return the processes below the command: pid and command line."""
        assert self.process is not None
        return _below(self.process.pid)


def _below(parent: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found[int(entry.name)] = line
            found.update(_below(int(entry.name)))
    return found


def alive(pid: int) -> bool:
    """Say whether a process is there and not a zombie."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def eventually(fact: object, *, within: float = 90.0) -> None:
    """Wait until a function answers with something true."""
    deadline = time.monotonic() + within
    while not fact():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.1)
