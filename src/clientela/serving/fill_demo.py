"""Fill an empty database with the demo's businesses and the log-ins of their staff.

Run as a process of its own by ``clientela demo``, after the tables are there; it prints the
log-ins as JSON for the command to show.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

PASSWORD = "demo-clientela-2026"  # noqa: S105 -- a demo's log-ins are printed on its console
OPERATOR = "operator@example.com"
LANGUAGES = {"es": "Español", "it": "Italiano", "en": "English"}


def main() -> int:
    """Import every business file of the demo, moved to this week; staff get accounts first, so that they are members at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings")
    import django

    django.setup()
    from django.conf import settings

    if not settings.DEMO:
        sys.stderr.write("Only a demo is filled with invented people.\n")
        return 3
    people = [_fill(path) for path in _files()]
    _add_operator()
    sys.stdout.write(json.dumps(people))
    return 0


def _files() -> list[Path]:
    from clientela.integrations import demo

    return sorted(Path(demo.__path__[0]).glob("*.json"))


def _fill(path: Path) -> dict[str, Any]:
    """Import one file and return what the console says of it."""
    from clientela.integrations.actions.import_file import import_file
    from clientela.platform import clock
    from clientela.platform.actor import Actor

    document = json.loads(path.read_text(encoding="utf-8"))
    business = document["business"]
    zone = document["locations"][0]["zone"]
    by, now = Actor.system("clientela demo"), clock.now()
    for person in document["staff"]:
        _add_account(person["email"], person["name"], business["language"], zone)
    import_file(path=path, anchor_today=True, by=by, now=now)
    return {
        "slug": business["slug"],
        "name": business["name"],
        "language": LANGUAGES.get(business["language"], business["language"]),
        "staff": [
            {"email": person["email"], "role": person["role"]} for person in document["staff"]
        ],
    }


def _add_account(
    email: str, name: str, language: str, zone: str, *, operator: bool = False
) -> None:
    from clientela.accounts.actions.create_account import create_account
    from clientela.platform import clock
    from clientela.platform.actor import Actor

    create_account(
        email=email,
        name=name,
        password=PASSWORD,
        language=language,
        zone=zone,
        is_operator=operator,
        by=Actor.system("clientela demo"),
        now=clock.now(),
    )


def _add_operator() -> None:
    _add_account(OPERATOR, "Operator", "en", "Europe/London", operator=True)


if __name__ == "__main__":
    sys.exit(main())
