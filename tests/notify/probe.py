"""The program that the tests start and kill: ``python -m tests.notify.probe fill|reach|work|finish|tell|report|left|spend``."""

from __future__ import annotations

import sys

import django
from django.apps import apps

if not apps.ready:
    django.setup()

import json
import os
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from tests import factories
from tests.factories import NOW, at
from tests.notify.texting import make_gateway

from clientela.booking.guest import Guest
from clientela.business.models import Business
from clientela.notify.actions.begin_attempts import LEASE
from clientela.notify.actions.tell_simulated_texts import tell_simulated_texts
from clientela.notify.decisions import RESEND_AFTER
from clientela.notify.mail_budget import Spending, spend
from clientela.notify.models import (
    Attempt,
    Message,
    MessageRule,
    Outcome,
    PushDevice,
    Receipt,
    Recipient,
    Rule,
    SimulatedMail,
    SimulatedPush,
    SimulatedText,
)
from clientela.people.models import (
    Client,
    Consent,
    How,
    Identifier,
    IdentifierKind,
    NotifyBy,
)
from clientela.platform.sealed import seal
from clientela.platform.tenancy import business_scope, system_scope
from clientela.platform.worker import hear_due_events, run_once

settings.MAIL_CHANNEL = os.environ.get("CLIENTELA_MAIL", "simulator")
# Far enough apart that what a dead worker held is free again for the next one.
STEP = LEASE + RESEND_AFTER + timedelta(minutes=1)


def fill(count: int) -> None:
    """Book ``count`` appointments and plan their confirmations; nothing is sent yet."""
    _fill(count)
    while hear_due_events(NOW):
        pass


def reach(count: int) -> None:
    """The same, with clients who hear by e-mail, by text and on a device."""
    business = _fill(count)
    with business_scope(business.pk):
        make_gateway(business, cap_minor=10**7)
        MessageRule.objects.create(
            business=business,
            rule=Rule.CONFIRMATION,
            recipient=Recipient.CLIENT,
            by_sms=True,
            by_push=True,
            created_at=NOW,
        )
        for number, card in enumerate(Client.objects.order_by("created_at", "id")):
            _let_hear_everywhere(card, number)
    while hear_due_events(NOW):
        pass


def _let_hear_everywhere(card: Client, number: int) -> None:
    card.account = factories.make_account(f"log-in{number}@example.com", "Somebody")
    card.activated_at, card.notify_by = NOW, NotifyBy.EMAIL_AND_SMS
    card.save()
    phone = f"+346{number:08d}"
    Identifier.objects.create(
        client=card,
        business_id=card.business_id,
        kind=IdentifierKind.PHONE,
        value=phone,
        written=phone,
        verified_at=NOW,
        created_at=NOW,
    )
    Consent.objects.create(
        client=card,
        business_id=card.business_id,
        notify_by=NotifyBy.EMAIL_AND_SMS,
        how=How.ACTIVATION,
        text_version="test",
        at=NOW + timedelta(seconds=1),
    )
    PushDevice.objects.create(
        account=card.account,
        endpoint_digest=f"{number:064d}",
        sealed=seal({"endpoint": f"https://push.example/{number}", "p256dh": "", "auth": ""}),
        name="A phone",
        created_at=NOW,
    )


def _fill(count: int) -> Business:
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
        Consent.objects.bulk_create(
            Consent(
                client=card,
                business=business,
                notify_by=NotifyBy.EMAIL,
                how=How.STAFF,
                text_version="test",
                at=NOW,
            )
            for card in Client.objects.all()
        )
    return business


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
        for message in _confirmations().filter(channel="email").prefetch_related("attempts"):
            unknown = sum(one.outcome == Outcome.UNKNOWN for one in message.attempts.all())
            print(message.message_id, message.reason, unknown)


def _confirmations() -> QuerySet[Message]:
    return Message.objects.filter(recipient=Recipient.CLIENT, rule=Rule.CONFIRMATION)


def left() -> None:
    """Print what the simulators were given by each channel, copies and all, and what the rows say."""
    with system_scope("the report of a test"):
        reasons = Counter(_confirmations().values_list("channel", "reason"))
        given = {
            "email": Counter(SimulatedMail.objects.values_list("message_id", flat=True)),
            "sms": Counter(SimulatedText.objects.values_list("number", flat=True)),
            "push": Counter(SimulatedPush.objects.values_list("device_id", flat=True)),
        }
        receipts = Counter(Receipt.objects.values_list("message__channel", "kind"))
        attempts = Counter(
            Attempt.objects.filter(message__in=_confirmations()).values_list(
                "message__channel", "outcome"
            )
        )
    print(
        json.dumps(
            {
                "reasons": sorted([*key, count] for key, count in reasons.items()),
                "copies": {name: sorted(counted.values()) for name, counted in given.items()},
                "attempts": sorted([*key, count] for key, count in attempts.items()),
                "receipts": sorted([*key, count] for key, count in receipts.items()),
            }
        )
    )


def tell(_: int) -> None:
    """Let the simulated carrier tell what became of the texts."""
    with system_scope("the carrier of a test"):
        while tell_simulated_texts(now=NOW + STEP):
            pass


def spend_budget(times: int) -> None:
    """Ask so often whether a mail to one address may leave; print how often it might."""
    asked = (spend(spendings=[Spending("ana@example.com")], now=NOW) for _ in range(times))
    print(sum(may for (may,) in asked))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    {
        "fill": fill,
        "reach": reach,
        "work": work,
        "finish": finish,
        "tell": tell,
        "report": report,
        "left": left,
        "spend": spend_budget,
    }[verb](*map(int, words))
