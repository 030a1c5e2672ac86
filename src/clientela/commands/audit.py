"""``clientela audit``: whether the database keeps its promises, by a program that shares no code with this one."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import quote, urlencode

import click

_OURS = {"prepare_threshold"}  # the driver's, not the server's: an address may not name it


@click.command("audit")
@click.argument("url", required=False)
def command(url: str | None) -> None:
    """Look for double bookings, broken promises and rows that contradict each other.

    Without URL it reads this installation's database. It only reads; the exit code is 1 when a
    promise is broken.
    """
    import django
    from django.conf import settings

    from clientela.auditor.audit import audit, report

    django.setup()
    from clientela.platform import clock

    verdicts = audit(url=url or url_of(settings.DATABASES["default"]), now=clock.now())
    click.echo(report(verdicts))
    sys.exit(int(any(not verdict.holds for verdict in verdicts)))


def url_of(database: dict[str, Any]) -> str:
    """Return the address of the database that the settings name."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{quote(str(database['NAME']).lstrip('/'))}"
    user = quote(database["USER"], safe="")
    secret = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    host = quote(database["HOST"], safe="")
    port = f":{database['PORT']}" if database["PORT"] else ""
    given = {name: value for name, value in database["OPTIONS"].items() if name not in _OURS}
    options = f"?{urlencode(given)}" if given else ""
    return f"postgresql://{user}{secret}@{host}{port}/{quote(database['NAME'], safe='')}{options}"
