"""Runs commands in processes that need not load the program first (``warm.py``), one such process for each engine."""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Self

ROOT: Final = Path(__file__).resolve().parents[2]
_STARTED: Final[dict[str, Warm]] = {}
_ONE_AT_A_TIME: Final = threading.Lock()


def run(
    module: str,
    words: Sequence[str],
    environment: Mapping[str, str],
    *,
    reads: str = "",
    within: float,
) -> tuple[int, str, str]:
    """Run `python -m module words`, and return how it ended (below zero: by which signal) and what it printed.

    ``reads`` is its standard input. Raises ``subprocess.TimeoutExpired`` after so many seconds, with the process gone.
    """
    engine = environment["CLIENTELA_TEST_DATABASE"]
    with _ONE_AT_A_TIME:
        warm = _STARTED.get(engine)
        if warm is None:
            warm = _STARTED[engine] = Warm.start(environment)
        return warm.run(module, words, environment, reads=reads, within=within)


class Warm:
    """A process that waits for jobs."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        """Keep the process, and the folder for what the others read and print."""
        self.process = process
        self.folder = folder
        self.said = b""

    @classmethod
    def start(cls, environment: Mapping[str, str]) -> Self:
        """Start one, in an environment like those of its jobs; it ends with this process."""
        folder = tempfile.TemporaryDirectory(prefix="clientela-warm-")
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.platform.warm"],
            env={**environment, "CLIENTELA_DATA": folder.name, "CLIENTELA_FAILPOINTS": ""},
            cwd=ROOT,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

        def end() -> None:
            process.stdin.close()  # type: ignore[union-attr]  # it is a pipe
            process.wait()
            folder.cleanup()

        atexit.register(end)
        return cls(process, Path(folder.name))

    def run(
        self,
        module: str,
        words: Sequence[str],
        environment: Mapping[str, str],
        *,
        reads: str,
        within: float,
    ) -> tuple[int, str, str]:
        """Hand over a job, wait for its end, and read what it printed."""
        assert self.process.stdin is not None
        ends = {name: self.folder / name for name in ("in", "out", "err")}
        ends["in"].write_text(reads, encoding="utf-8")
        job = {
            "module": module,
            "words": list(words),
            "environment": dict(environment),
            **{name: str(path) for name, path in ends.items()},
        }
        self.process.stdin.write(json.dumps(job).encode() + b"\n")
        child = self._answer()
        try:
            code = self._answer(within=within)
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            self._answer()
            raise subprocess.TimeoutExpired(
                [module, *words], within, ends["out"].read_text()
            ) from None
        return code, ends["out"].read_text(), ends["err"].read_text()

    def _answer(self, *, within: float | None = None) -> int:
        """Return the next number that it says; raises ``TimeoutError``, and ``EOFError`` where it is no more."""
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            while b"\n" not in self.said:
                if not waiting.select(within):
                    raise TimeoutError
                more = os.read(self.process.stdout.fileno(), 1000)
                if not more:
                    message = "the process that had loaded the program has ended"
                    raise EOFError(message)
                self.said += more
        line, _, self.said = self.said.partition(b"\n")
        return int(line)
