"""Whole installations for tests that start real processes: a migrated database of the engine of this run, and a data folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.kit import template
from tests.kit.cluster import DATABASE
from tests.kit.template import create_postgres
from tests.platform import warm_start

ROOT = Path(__file__).resolve().parents[2]
FINISH_SECONDS = 3600 if os.environ.get("CLIENTELA_PROVE") == "1" else 600


@dataclass
class Installed:
    """One installation: its folder, and on PostgreSQL its own database."""

    folder: Path
    url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @classmethod
    def migrated(cls, folder: Path, *, engine: str = DATABASE) -> Installed:
        """Make an empty installation with every table, as `migrate` leaves it."""
        folder.mkdir(parents=True, exist_ok=True)
        if engine == "postgres":
            return cls(folder, _create_database(template=template.postgres_name()))
        shutil.copyfile(template.sqlite_file(), folder / "clientela.sqlite3")
        return cls(folder)

    def copy(self, folder: Path) -> Installed:
        """Make another of the same content, in a moment."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.url:
            return Installed(folder, _create_database(template=urlsplit(self.url).path.strip("/")))
        shutil.copy(self.folder / "clientela.sqlite3", folder / "clientela.sqlite3")
        return Installed(folder)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this installation is told."""
        return {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith("CLIENTELA_NOW")
            },
            "PYTHONPATH": os.pathsep.join(
                [str(ROOT / "src"), str(ROOT), *sys.path[:0], os.environ.get("PYTHONPATH", "")]
            ),
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "CLIENTELA_DATA": str(self.folder),
            "CLIENTELA_SECRET_KEY": "only-for-tests-" + "x" * 50,
            "CLIENTELA_TEST_DATABASE": "postgres" if self.url else "sqlite",
            "CLIENTELA_TEST_POSTGRES_URL": self.url,
            **self.extra,
        }

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start `python …` in this installation and return at once."""
        return subprocess.Popen(
            [sys.executable, *words],
            env={**self.environment, **environment},
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *words: str, killed: bool = False, **environment: str) -> str:
        """Run `python …` here and return what it printed; it must succeed, or be killed where it should be."""
        flag, what, *rest = words
        if flag == "-m":
            given = {**self.environment, **environment}
            code, out, err = warm_start.run(what, rest, given, within=FINISH_SECONDS)
        else:
            process = self.start(*words, **environment)
            out, err = process.communicate(timeout=FINISH_SECONDS)
            code = process.returncode
        expected = -signal.SIGKILL if killed else 0
        assert code == expected, f"{words} ended with {code}:\n{out}\n{err}"
        return out

    def probe(self, *words: str, killed: bool = False, **environment: str) -> str:
        """Run the probe of these tests."""
        return self.run("-m", "tests.platform.probe", *words, killed=killed, **environment)

    def manage(self, *words: str) -> str:
        """Run one of Django's commands."""
        return self.run("-m", "django", *words)


def _create_database(*, template: str) -> str:
    """Create a database in the cluster of this run and return its URL."""
    server = os.environ["CLIENTELA_TEST_POSTGRES_URL"].rsplit("/", 1)[0]
    return f"{server}/{create_postgres(template=template)}"
