"""The arena: the shipped server on a race track's installation, as processes that may be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.commands.running import _below, free_port
from tests.factories import NOW
from tests.platform.installations import ROOT
from tests.races.track import Track

from clientela.serving.supervisor import Web

SLUG = "race-track"
READY_SECONDS = 90
CARELESS = "tests.races.http.careless:application"


@dataclass
class Arena:
    """One installation, its shipped server (two web processes and a worker) on a port of its own."""

    track: Track
    static: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The database, for the witness."""
        installed = self.track.installed
        return installed.url or f"sqlite://{installed.folder / 'clientela.sqlite3'}"

    @property
    def environment(self) -> dict[str, str]:
        """The shipped settings; of a demonstration, so that the clock can be told where to begin."""
        kept = {name: value for name, value in os.environ.items() if "CLIENTELA" not in name}
        installed = self.track.installed
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "clientela.settings",
            "CLIENTELA_DEMO": "1",
            "CLIENTELA_NOW": NOW.isoformat(),
            "CLIENTELA_DATA": str(installed.folder),
            "CLIENTELA_DATABASE_URL": installed.url,
            "CLIENTELA_STATIC": str(self.static),
            "CLIENTELA_URL": f"http://127.0.0.1:{self.port}",
        }

    def serve(self, *words: str, **environment: str) -> float:
        """Run ``clientela serve``; return after how many seconds it answered."""
        options = ("--port", str(self.port), "--workers", "2", *words)
        return self._start([sys.executable, "-m", "clientela", "serve", *options], environment)

    def serve_careless(self, **environment: str) -> float:
        """Run the same web server on the program whose locks and checks are switched off."""
        command = Web(host="127.0.0.1", port=self.port, workers=2, threads=4).command()
        return self._start([*command[:-1], CARELESS], environment)

    @contextmanager
    def worker_later(self, later: timedelta) -> Iterator[None]:
        """Run only ``clientela worker``, with a clock that is ahead: what a dead worker held is free again.

        Only while the server is stopped: two workers whose clocks disagree cannot share anything.
        """
        command = [sys.executable, "-m", "clientela", "worker"]
        moved = {"CLIENTELA_NOW": (NOW + later).isoformat()}
        process = subprocess.Popen(command, cwd=ROOT, env={**self.environment, **moved})
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=90)

    def take_guards_down(self) -> None:
        """Let the database refuse nothing; ``serve`` would not open then, ``serve_careless`` does."""
        self.track.installed.run(
            "-c",
            "import django; django.setup(); from clientela.platform import guards; "
            "guards.remove('booking.no-overlap', 'booking.seat-limit')",
        )

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut would.

        All are frozen first: a parent that still ran while we looked could bear a child that we have not seen.
        """
        frozen: list[int] = []
        while born := [pid for pid in self.pids() if pid not in frozen]:
            for pid in born:
                _signal(pid, signal.SIGSTOP)
            frozen += born
        for pid in frozen:
            kill(pid)
        assert self.process is not None
        self.process.wait(timeout=90)
        self.process = None

    def stop(self) -> None:
        """Stop it in order, or at once if it will not."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=90)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def pids(self, having: str = "") -> list[int]:
        """The processes whose command line has these words (all without), the innermost last."""
        assert self.process is not None
        whole = {self.process.pid: "serve", **_below(self.process.pid)}
        return [pid for pid, line in whole.items() if having in line]

    def web_workers(self) -> list[int]:
        """The processes that answer requests: children of the web server's own."""
        return list(_below(self.pids("--interface=wsgi")[0]))

    def message_workers(self) -> list[int]:
        """The process that sends messages."""
        return self.pids("clientela worker")

    def _start(self, command: list[str], environment: dict[str, str]) -> float:
        began = time.monotonic()
        log = self.track.installed.folder / "server.log"
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**self.environment, **environment},
                stdout=said,
                stderr=said,
            )
        while not self._answers():
            assert self.process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() - began < READY_SECONDS, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        return time.monotonic() - began

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as door:
                door.sendall(
                    b"GET /api/v1/businesses/race-track HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                )
                return door.recv(12).endswith(b"200")
        except OSError:
            return False


def kill(pid: int) -> None:
    """End a process that is ours with no chance to tidy up; it may be gone already."""
    _signal(pid, signal.SIGKILL)


def _signal(pid: int, what: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, what)
