"""What must be true before the first request: tables, guards, static files.

Run as a process of its own (``python -m clientela.serving.prepare [--say-setup-code]``), so that the supervisor,
which lives as long as the installation, never loads Django.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

READY, REFUSED = 0, 3


def main() -> int:
    """Make ready; return ``READY``, or ``REFUSED`` after saying on the error stream what a person must do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings")
    import django

    django.setup()
    complaint = make_ready()
    if complaint:
        sys.stderr.write(f"{complaint}\n")
        return REFUSED
    if "--say-setup-code" in sys.argv:
        _say_setup_code()
    return READY


def migrate() -> None:
    """Make the tables of an empty database as every installation gets them."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def make_ready(*, make_tables: Callable[[], None] = migrate) -> str:
    """Make tables and static files, verify the guards, erase again; return what a person must do first, or "".

    ``make_tables`` is called for an empty database only.
    """
    complaint = _tables(make_tables) or _guards() or erase_listed()
    if not complaint:
        _static_files()
    return complaint


def _tables(make_tables: Callable[[], None]) -> str:
    """Fill an empty database; of one that is behind, say so: the operator makes a backup first."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return ""
    if executor.loader.applied_migrations:
        return (
            f"{len(waiting)} migrations are not applied. Make a backup (`clientela backup FILE`), "
            "then run `clientela manage migrate`, then start again."
        )
    make_tables()
    _keep_private(str(connection.settings_dict["NAME"]), vendor=connection.vendor)
    return ""


def _keep_private(file: str, *, vendor: str) -> None:
    """Let nobody else on this computer read a new SQLite file: it will hold what clients tell."""
    if vendor == "sqlite" and Path(file).exists():
        Path(file).chmod(0o600)


def _guards() -> str:
    """Refuse to serve without the guards: they are what makes a double booking impossible."""
    from django.db import connection

    from clientela.platform import guards

    missing = guards.verify(connection)
    if not missing:
        return ""
    return f"The database lacks guards: {', '.join(missing)}. Run `clientela manage migrate`: it puts them up."


def erase_listed() -> str:
    """Erase whom an old database brought back, before anybody is served; a list that cannot be read stops the start."""
    from clientela.people.actions.erase_again import erase_again
    from clientela.platform import clock
    from clientela.platform.erasure_list import ListUnreadable, erasures

    try:
        erase_again(listed=erasures(), now=clock.now())
    except ListUnreadable as error:
        return f"The list of erasures is damaged: {error}. Put back a whole one (erasures.txt in the data folder)."
    return ""


def _static_files() -> None:
    """Collect the static files when they have changed since they were last collected."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest.hexdigest(), encoding="utf-8")


def _say_setup_code() -> None:
    """Print the one-time set-up code while there is no account: whoever reads the console owns the installation."""
    from django.conf import settings

    from clientela.accounts.models import Account
    from clientela.platform import clock
    from clientela.web.setup.code import new_code

    if Account.objects.exists():
        return
    code = new_code(now=clock.now())
    sys.stdout.write(
        f"There is no account yet. Open {settings.PUBLIC_URL}/setup/?code={code}\n"
        f"or open {settings.PUBLIC_URL}/setup/ and give this code: {code}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
