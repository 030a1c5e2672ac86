"""Make a demo from nothing: tables, static files, its businesses and the log-ins of their staff.

Run as one process of its own by ``clientela demo`` (loading Django twice would cost seconds); it
prints the log-ins as JSON for the command to show.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientela.serving.prepare import REFUSED, make_ready

if TYPE_CHECKING:
    from uuid import UUID

    from clientela.accounts.models import Account

PASSWORD = "demo-clientela-2026"  # noqa: S105 -- a demo's log-ins are printed on its console
OPERATOR = "operator@example.com"
CLIENTS = (
    ("ana.prueba@example.com", "Ana Prueba García", "es", "Europe/Madrid"),
    ("famiglia.prova@example.com", "Giulia Prova", "it", "Europe/Rome"),
    ("sam.example@example.com", "Sam Example", "en", "Europe/London"),
)
"""Ana is a client of all three; Giulia shares her address with Marco, Sam his with Samantha: both are asked."""
LANGUAGES = {"es": "Español", "it": "Italiano", "en": "English"}


def main() -> int:
    """Make ready, then import every business file of the demo, moved to this week.

    Staff get accounts first, so that they are members at once.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings")
    import django

    django.setup()
    from django.conf import settings

    if not settings.DEMO:
        sys.stderr.write("Only a demo is filled with invented people.\n")
        return REFUSED
    from clientela.serving.demo_tables import make_tables

    _hurry()
    if complaint := make_ready(make_tables=make_tables):
        sys.stderr.write(f"{complaint}\n")
        return REFUSED
    people = [_fill(path) for path in _files()]
    _add_operator()
    _add_clients()
    _write()
    _ask_support()
    sys.stdout.write(json.dumps(people))
    return 0


def _hurry() -> None:
    """Let SQLite not wait for the disk, and nobody look for garbage: what is cut short is thrown away."""
    from django.db import connection

    gc.disable()  # A short life of rows that no cycle holds: looking for some takes a twelfth of it, and finds none.
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")


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
    done = import_file(path=path, anchor_today=True, by=by, now=now)
    _sell(done.business_id)
    return {
        "slug": business["slug"],
        "name": business["name"],
        "language": LANGUAGES.get(business["language"], business["language"]),
        "staff": [
            {"email": person["email"], "role": person["role"]} for person in document["staff"]
        ],
    }


def _sell(business_id: UUID) -> None:
    """Let a business have sold what its demo shows."""
    from clientela.business.models import Business
    from clientela.platform import clock
    from clientela.serving import demo_sales

    demo_sales.arrange(business=Business.objects.get(pk=business_id), now=clock.now())


def _add_clients() -> None:
    """Give some of the demo's clients a log-in of their own."""
    from clientela.platform import clock
    from clientela.serving import demo_clients

    now = clock.now()
    for email, name, language, zone in demo_clients.everybody(shown=CLIENTS):
        account = _add_account(email, name, language, zone)
        demo_clients.bring_in(account=account, now=now)
    demo_clients.arrange(now=now)


def _write() -> None:
    """Let every business write to its clients and hear from them, and find who has two cards."""
    from clientela.business.models import Business
    from clientela.platform import clock
    from clientela.serving import demo_duplicates, demo_messages

    for business in Business.objects.order_by("slug"):
        demo_messages.arrange(business=business, now=clock.now())
        demo_duplicates.arrange(business=business, now=clock.now())


def _ask_support() -> None:
    """Let some write to the support, so that its desk has something to answer."""
    from clientela.accounts.models import Account
    from clientela.business.models import Business
    from clientela.platform import clock
    from clientela.serving import demo_support

    demo_support.arrange(
        business=Business.objects.get(slug="fisioterapia-ejemplo"),
        operator=Account.objects.get(email=OPERATOR),
        now=clock.now(),
    )


def _add_account(
    email: str, name: str, language: str, zone: str, *, operator: bool = False
) -> Account:
    from clientela.accounts.actions.create_account import create_account
    from clientela.platform import clock
    from clientela.platform.actor import Actor

    return create_account(
        email=email,
        name=name,
        password=PASSWORD,
        language=language,
        zone=zone,
        is_operator=operator,
        password_hash=_password_hash(),
        by=Actor.system("clientela demo"),
        now=clock.now(),
    )


@cache
def _password_hash() -> str:
    """Hash the one password of all log-ins once: it is public, so a shared salt gives nothing away."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def _add_operator() -> None:
    _add_account(OPERATOR, "Operator", "en", "Europe/London", operator=True)


if __name__ == "__main__":
    sys.exit(main())
