"""The supervisor: one small process that keeps the web server and the worker alive.

It loads no Django, only waits. A worker that dies is started again; a web server that dies ends
the installation, so that systemd or Docker sees it. SIGTERM and SIGINT stop both in order: the
web server first finishes its requests, the worker its message.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType

PATIENCE_SECONDS = 20.0
LOOK_EVERY_SECONDS = 0.2
# A worker that dies at once is not started again at once: 1, 2, 4 … at most 30 seconds.
LONGEST_PAUSE_SECONDS = 30.0
STEADY_AFTER_SECONDS = 60.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Web:
    """How the web server is run."""

    host: str
    port: int
    workers: int
    threads: int
    application: str = "clientela.wsgi:application"

    def command(self) -> list[str]:
        """Return granian's command line: WSGI, HTTP/1, workers that die are started again."""
        return [
            sys.executable,
            "-m",
            "granian",
            "--interface=wsgi",
            f"--host={self.host}",
            f"--port={self.port}",
            f"--workers={self.workers}",
            f"--blocking-threads={self.threads}",
            "--http=1",
            "--no-ws",
            "--backlog=2048",
            "--respawn-failed-workers",
            "--workers-kill-timeout=15",
            "--log-level=warning",
            self.application,
        ]


def worker_command() -> list[str]:
    """Return the command line of the worker."""
    return [sys.executable, "-m", "clientela", "worker"]


@dataclass(slots=True)
class Supervisor:
    """Runs the web server and, unless ``worker`` is empty, the worker, until told to stop.

    ``greet`` is called once, when the server answers at ``address``. ``early`` is a web server that was started
    before ``run``.
    """

    web: Sequence[str]
    worker: Sequence[str] = ()
    say: Callable[[str], None] = print
    address: tuple[str, int] = ("", 0)
    greet: Callable[[], None] | None = None
    early: subprocess.Popen[bytes] | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _pause: float = 1.0

    @contextlib.contextmanager
    def web_loads(self) -> Iterator[None]:
        """Let the web server load while something else is made ready; it is stopped if that fails."""
        self.early = start(self.web)
        try:
            yield
        except BaseException:
            stop([self.early])
            raise

    def run(self) -> int:
        """Return 0 after a signal, or the web server's exit code when it ended by itself."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        web = self.early or start(self.web)
        worker = start(self.worker) if self.worker else None
        born = time.monotonic()
        while not self._stop.wait(LOOK_EVERY_SECONDS) and web.poll() is None:
            self._greet_when_open()
            if worker is not None and worker.poll() is not None:
                self._mourn(worker, lived=time.monotonic() - born)
                if self._stop.is_set():
                    break
                worker, born = start(self.worker), time.monotonic()
        code = 0 if self._stop.is_set() else (web.returncode or 1)
        stop([child for child in (web, worker) if child is not None])
        return code

    def _greet_when_open(self) -> None:
        """Say once, when the port answers, whatever is to be said then."""
        if self.greet is None:
            return
        with contextlib.suppress(OSError), socket.create_connection(self.address, timeout=0.5):
            greet, self.greet = self.greet, None
            greet()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 -- a signal handler's signature
        self._stop.set()

    def _mourn(self, worker: subprocess.Popen[bytes], *, lived: float) -> None:
        """Wait before the worker is started again, the longer the sooner it died."""
        steady = lived >= STEADY_AFTER_SECONDS
        self._pause = 1.0 if steady else min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        self.say(
            f"The worker ended ({worker.returncode}); starting it again in {self._pause:.0f} s."
        )
        self._stop.wait(self._pause)


def start(command: Sequence[str], *, stdout: int | None = None) -> subprocess.Popen[bytes]:
    """Start a child that is told to stop when this process dies, however it dies (on Linux)."""
    on_linux = sys.platform.startswith("linux")
    return subprocess.Popen(  # noqa: S603 -- our own command lines
        command,
        stdout=stdout,
        preexec_fn=_die_with_parent if on_linux else None,  # noqa: PLW1509 -- the supervisor has no threads
    )


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every child to stop, wait, and end the one that does not."""
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the supervisor is killed: an orphan would hold the port."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:  # The parent died before the request was made.
        os.kill(os.getpid(), signal.SIGTERM)
