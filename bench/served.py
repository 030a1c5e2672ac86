"""An installation of its own for one benchmark: a folder, a database, and the server as it ships."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.kit.postgres import Cluster, is_available

ROOT = Path(__file__).resolve().parent.parent
NOW = "2033-03-01T00:00:00+00:00"
Engine = Literal["sqlite", "postgres"]
_PATIENCE_SECONDS = 60


@dataclass
class Served:
    """A running installation: where it answers, and the environment its processes share."""

    port: int
    environment: dict[str, str]
    engine: Engine
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def python(self, *words: str) -> str:
        """Run a program inside the installation and return what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout


def engines() -> list[Engine]:
    """Return the engines that can be measured here."""
    return ["sqlite", "postgres"] if is_available() else ["sqlite"]


@contextlib.contextmanager
def installation(engine: Engine, *, durable: bool = True) -> Iterator[Served]:
    """Make an empty installation, migrated; its folder and its cluster go at the end."""
    folder = Path(tempfile.mkdtemp(prefix="clientela-bench-"))
    cluster = Cluster.start(durable=durable) if engine == "postgres" else None
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "CLIENTELA_DATA": str(folder),
        "CLIENTELA_DEMO": "1",
        "CLIENTELA_NOW": NOW,
        "CLIENTELA_DATABASE_URL": cluster.url if cluster else "",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    served = Served(_free_port(), environment, engine)
    environment["CLIENTELA_URL"] = f"http://127.0.0.1:{served.port}"
    try:
        served.python("-m", "django", "migrate", "--verbosity=0")
        served.python("-m", "django", "collectstatic", "--noinput", "--verbosity=0")
        yield served
    finally:
        for process in served.processes:
            process.terminate()
        for process in served.processes:
            process.wait(30)
        if cluster:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def serve(served: Served, *, workers: int = 1, threads: int = 4) -> None:
    """Start the web server exactly as ``clientela serve`` starts it, and wait until it answers."""
    from clientela.serving.supervisor import Web  # noqa: PLC0415 -- the settings are known by now

    command = Web(host="127.0.0.1", port=served.port, workers=workers, threads=threads).command()
    with (Path(served.environment["CLIENTELA_DATA"]) / "server.log").open("ab") as log:
        served.processes.append(
            subprocess.Popen(command, cwd=ROOT, env=served.environment, stdout=log, stderr=log)
        )
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", served.port), 1):
            return
        time.sleep(0.05)
    message = "the server did not answer"
    raise RuntimeError(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
