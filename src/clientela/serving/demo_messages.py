"""What the demo's businesses write and hear: texts by the simulator, reminders, a thread, and addresses that fail.

Everything goes through the actions that people's own clicks, and carriers, would call. What is due when the demo opens
its worker sends, with the faults that were ordered here: so the trace is a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.booking.models import Appointment, Status
from clientela.business.file_parts import FileIds
from clientela.business.models import Business
from clientela.conversations.models import Conversation
from clientela.notify.actions.answer_conversation import answer
from clientela.notify.actions.answer_simulated_text import answer_simulated_text
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.connect_text_gateway import connect_text_gateway
from clientela.notify.actions.keep_file_messages import keep_file_messages
from clientela.notify.actions.order_fault import order_fault
from clientela.notify.actions.replan_messages import replan_messages
from clientela.notify.models import GatewayName, MessagePolicy, Recipient, Rule, SenderKind, Trouble
from clientela.notify.queries.plan import STANDARD, PlanLine
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.notify.text_account import GatewayAccount, TextLimits
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How, Identifier, IdentifierKind, NotifyBy
from clientela.people.phones import NumberKind, number_kind
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

BY: Final = Actor.system("clientela demo")
_DAYS: Final = timedelta(days=4)
_MOST: Final = 60
_SENDERS: Final = {"es": "+34900000001", "it": "+39800000001", "en": "+448081570001"}
"""Toll-free numbers; the British one is of those that are kept for stories, as its clients' mobiles are (``people.phones``)."""
_COUNTRIES: Final = {"es": "ES", "it": "IT", "en": "GB"}
_THREAD: Final = {
    "es": ("¿Puedo llegar diez minutos más tarde?", "Sin problema, te esperamos.", "¡Gracias!"),
    "it": ("Posso arrivare dieci minuti dopo?", "Nessun problema, ti aspettiamo.", "Grazie!"),
    "en": ("Can I come ten minutes later?", "No problem, see you then.", "Thank you!"),
}
_REMINDERS: Final = tuple(
    PlanLine(rule=Rule.REMINDER, recipient=Recipient.CLIENT, timing=timing, channels=channels)
    for timing, channels in (("day:1@540", (EMAIL, SMS, PUSH)), ("before:4320", (EMAIL, SMS)))
)
"""Besides the usual one: at nine on the day before, and three days ahead, so that some have arrived when the demo opens."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """A client who is expected soon and gave a number."""

    client: Client
    number: str


def arrange(*, business: Business, now: datetime) -> None:
    """Let a business send texts and reminders, and let everything that happens to messages have happened once."""
    with business_scope(business.pk):
        _set_plan(business, now=now)
        _connect(business, now=now)
        _let_it_happen(business, _people(_soon(now)), now=now)
        with transaction.atomic():
            replan_messages(appointments=_soon(now), happened_at=now - _DAYS, now=now)


def _connect(business: Business, *, now: datetime) -> None:
    account = GatewayAccount(
        gateway=GatewayName.SIMULATOR,
        sender=_SENDERS[business.language],
        sender_kind=SenderKind.TOLL_FREE,
    )
    limits = TextLimits(price_minor=7, cap_minor=2000, countries=[_COUNTRIES[business.language]])
    connect_text_gateway(business=business, account=account, limits=limits, by=BY, now=now)


def _set_plan(business: Business, *, now: datetime) -> None:
    """The standard plan and further reminders, as a file would bring them in: no worker is awake yet."""
    standard = MessagePolicy()
    rules = [
        {
            "rule": line.rule, "recipient": line.recipient, "service": None, "timing": line.timing,
            "is_on": line.is_on, "by_email": EMAIL in line.channels, "by_sms": SMS in line.channels,
            "by_push": PUSH in line.channels, "created_at": now,
        }
        for line in (*STANDARD, *_REMINDERS)
    ]  # fmt: skip
    part = {
        "quiet_from_minute": standard.quiet_from_minute,
        "quiet_until_minute": standard.quiet_until_minute,
        "balance_low_at": standard.balance_low_at,
        "rules": rules,
        "templates": [],
        "addresses": [],
    }
    with transaction.atomic():
        keep_file_messages(part=part, ids=FileIds(business.pk, {}), now=now)


def _soon(now: datetime) -> list[Appointment]:
    rows = Appointment.objects.filter(
        status=Status.CONFIRMED, starts_at__gt=now + timedelta(hours=1), starts_at__lt=now + _DAYS
    ).select_related("business", "client", "professional__account")
    return list(rows.order_by("starts_at", "pk")[:_MOST])


def _people(soon: list[Appointment]) -> list[_Reached]:
    """Those of them whose number can be texted, each once; who came in with a log-in comes first."""
    cards = {one.client_id: one.client for one in soon}
    numbers = Identifier.objects.filter(client__in=cards, kind=IdentifierKind.PHONE)
    by_card = {
        row.client_id: row.value
        for row in numbers.order_by("-created_at", "-pk")
        if number_kind(row.value) is NumberKind.MOBILE
    }
    found = [_Reached(card, by_card[key]) for key, card in cards.items() if key in by_card]
    return sorted(found, key=lambda one: one.client.activated_at is None)


def _let_it_happen(business: Business, people: list[_Reached], *, now: datetime) -> None:
    """One asks and is answered, one answer gets lost, one said STOP, one has a landline; one address bounced."""
    asks, unsure, stopped, landline, bounced, *_ = people
    sender = _SENDERS[business.language]
    for one in (asks, unsure):
        set_preferences(
            client=one.client,
            notify_by=NotifyBy.EMAIL_AND_SMS,
            how=How.STAFF,
            by=BY,
            now=now - timedelta(days=3),
        )
    _converse(asks.number, sender, _THREAD[business.language], now=now)
    order_fault(channel=SMS, fault="lost-receipt", address=unsure.number, times=1, now=now)
    answer_simulated_text(
        number=stopped.number, sender=sender, body="STOP", now=now - timedelta(hours=27)
    )
    mail = Identifier.objects.filter(client=bounced.client, kind=IdentifierKind.EMAIL)
    for address, trouble, code in (
        (landline.number, Trouble.LANDLINE, "30006"),
        *((row.value, Trouble.BOUNCED, "5.1.1") for row in mail),
    ):
        change_address_state(
            business_id=business.pk,
            channel=EMAIL if trouble == Trouble.BOUNCED else SMS,
            address=address,
            trouble=trouble,
            because="receipt",
            detail=code,
            now=now - timedelta(days=6),
        )


def _converse(number: str, sender: str, words: tuple[str, str, str], *, now: datetime) -> None:
    asked, answered, thanked = words
    at = now - timedelta(hours=2)
    answer_simulated_text(number=number, sender=sender, body=asked, now=at)
    thread = Conversation.objects.get(address=number)
    answer(conversation=thread, body=answered, by=BY, now=at + timedelta(minutes=4))
    answer_simulated_text(number=number, sender=sender, body=thanked, now=at + timedelta(minutes=9))
