"""A throw-away PostgreSQL: made in a temporary folder, gone at the end, reachable from here only.

The server refuses to run as root, so as root it is started as the system user ``postgres``.
Durability is off: a test that kills the *server* must ask for ``durable=True``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

_START_LIMIT_SECONDS = 60
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_ALWAYS = ("max_connections=200", "timezone=UTC", "log_min_messages=fatal", "shared_buffers=64MB")


def is_available() -> bool:
    """Say whether a server was named or its programs are installed."""
    return bool(os.environ.get("CLIENTELA_TEST_POSTGRES_URL")) or programs() is not None


def programs() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, the newest version first, or None."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: float(f.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).parent)
    for brew in ("/opt/homebrew/opt", "/usr/local/opt"):
        folders += sorted(Path(brew).glob("postgresql*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


@dataclass
class Cluster:
    """One running server; ``url`` names its empty database ``clientela``, trusted without a password."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    options: tuple[str, ...] = field(default=())

    @classmethod
    def start(cls, *, durable: bool = False) -> Cluster:
        """Make and start a cluster; raises RuntimeError with the server's own words when it cannot."""
        if programs() is None:
            message = "PostgreSQL's server programs are not installed"
            raise RuntimeError(message)
        folder = Path(tempfile.mkdtemp(prefix="clientela-pg-"))
        owner = _server_user()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        _run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "clientela",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        )
        cluster = cls(
            folder=folder,
            port=_free_port(),
            process=_idle(),
            options=_ALWAYS if durable else (*_ALWAYS, *_FAST),
        )
        cluster.resume()
        cluster.sql("CREATE DATABASE clientela", database="postgres")
        return cluster

    @property
    def url(self) -> str:
        """The database URL that the settings understand."""
        return f"postgresql://clientela@127.0.0.1:{self.port}/clientela"

    def resume(self) -> None:
        """Start the server (again); returns once it answers."""
        options = [part for option in self.options for part in ("-c", option)]
        place = [
            "-D",
            str(self.folder / "data"),
            "-k",
            str(self.folder),
            "-p",
            str(self.port),
            "-h",
            "127.0.0.1",
        ]
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            _command("postgres", *place, *options), stdout=log, stderr=log
        )
        deadline = time.monotonic() + _START_LIMIT_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                log.close()
                raise RuntimeError(
                    "PostgreSQL did not start:\n" + (self.folder / "server.log").read_text()
                )
            time.sleep(0.05)
        log.close()

    def sql(self, statement: str, *, database: str = "clientela") -> None:
        """Run one statement outside any transaction."""
        import psycopg  # noqa: PLC0415 -- only a run with PostgreSQL needs the driver

        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="clientela", dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def kill(self) -> None:
        """Kill the server as a power cut would: every process of it, at once, uncleanly."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        subprocess.run(["pkill", "-KILL", "-P", str(postmaster)], check=False)
        os.kill(postmaster, 9)
        self.process.wait()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.process.poll() is None:
            _run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
            self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _answers(self) -> bool:
        try:
            self.sql("SELECT 1", database="postgres")
        except Exception:  # noqa: BLE001 -- any failure to connect means "not yet"
            return False
        return True


def _idle() -> subprocess.Popen[bytes]:
    """Return a process that has already ended, to stand where no server runs yet."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process


def _server_user() -> pwd.struct_passwd | None:
    """Return the user the server must run as, or None for this very user."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        message = "PostgreSQL refuses root, and there is no system user 'postgres' to run it as"
        raise RuntimeError(message) from None


def _command(program: str, *arguments: str) -> list[str]:
    """Return the command that runs a server program, as another user where root started the tests."""
    folder = programs()
    assert folder is not None
    command = [str(folder / program), *arguments]
    owner = _server_user()
    if owner is None:
        return command
    return [
        "setpriv",
        f"--reuid={owner.pw_uid}",
        f"--regid={owner.pw_gid}",
        "--clear-groups",
        *command,
    ]


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        _command(program, *arguments), capture_output=True, text=True, cwd="/", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
