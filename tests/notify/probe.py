"""The program that the tests start and kill: ``python -m tests.notify.probe fill|work|finish|report|spend``."""

from __future__ import annotations

import sys

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from datetime import timedelta

from django.conf import settings
from tests import factories
from tests.factories import NOW, at

from clientela.booking.guest import Guest
from clientela.notify.actions.begin_attempts import LEASE
from clientela.notify.decisions import RESEND_AFTER
from clientela.notify.mail_budget import Spending, spend
from clientela.notify.models import Message, Outcome
from clientela.platform.tenancy import business_scope, system_scope
from clientela.platform.worker import hear_due_events, run_once

settings.MAIL_CHANNEL = "smtp"
# Far enough apart that what a dead worker held is free again for the next one.
STEP = LEASE + RESEND_AFTER + timedelta(minutes=1)


def fill(count: int) -> None:
    """Book ``count`` appointments and plan their confirmations; nothing is sent yet."""
    business = factories.make_business()
    moment = at("2026-11-24 09:00")
    with business_scope(business.pk):
        irene = factories.make_professional(business, "Irene")
        factories.set_hours(irene, (0, 1440), days=range(7))
        service = factories.make_service(
            business, professionals=(irene,), duration_minutes=5, grid_minutes=5, horizon_days=365
        )
        for number in range(count):
            factories.book(
                service,
                moment + timedelta(days=20, minutes=5 * number),
                client=Guest(f"Person {number}", f"person{number}@example.com"),
                by=factories.STAFF,
                now=NOW,
            )
    while hear_due_events(NOW):
        pass


def work(shift: int) -> None:
    """Work for ever, as a worker whose clock stands ``shift`` steps ahead; to be killed."""
    while True:
        run_once(NOW + STEP * (shift + 1))


def finish(shift: int) -> None:
    """Work until nothing is left, and once more after each pause."""
    for step in range(shift, shift + 4):
        while run_once(NOW + STEP * (step + 1)):
            pass


def report() -> None:
    """Print Message-ID, reason and the number of attempts noted as unknown, for each message to a client."""
    with system_scope("the report of a test"):
        for message in Message.objects.filter(recipient="client").prefetch_related("attempts"):
            unknown = sum(one.outcome == Outcome.UNKNOWN for one in message.attempts.all())
            print(message.message_id, message.reason, unknown)


def spend_budget(times: int) -> None:
    """Ask so often whether a mail to one address may leave; print how often it might."""
    asked = (spend(spendings=[Spending("ana@example.com")], now=NOW) for _ in range(times))
    print(sum(may for (may,) in asked))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    {"fill": fill, "work": work, "finish": finish, "report": report, "spend": spend_budget}[verb](
        *map(int, words)
    )
