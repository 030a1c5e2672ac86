"""Paying online in tests: a simulated account, what a client does, what the provider says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum
from tests import factories
from tests.factories import NOW, STAFF

from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.actions.apply_event import apply_event
from clientela.checkout.actions.book_with_payment import Paying, book_with_payment
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.actions.open_payment_page import open_payment_page
from clientela.checkout.actions.simulate_payment import (
    Telling,
    pay_simulated,
    tell_simulated_news,
)
from clientela.checkout.actions.start_payment import start_payment
from clientela.checkout.models import (
    PaymentAttempt,
    ProviderAccount,
    ProviderEvent,
    ProviderName,
    Purpose,
    SimulatedPayment,
    SimulatedRefund,
)
from clientela.checkout.providers.port import Told
from clientela.checkout.providers.signature import sign
from clientela.ledger.models import Payment, PaymentKind
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.sealed import unseal
from clientela.rules.payment_flow import News

LATER = NOW + timedelta(minutes=5)


def connect(business: Business) -> ProviderAccount:
    """Let a business take (simulated) money online."""
    return connect_provider(business=business, provider=ProviderName.SIMULATOR, by=STAFF, now=NOW)


def begin(
    client: Client, purpose: Purpose, *, now: datetime = NOW, **fields: Any
) -> PaymentAttempt:
    """Begin to pay and open the page, as a client signed in does."""
    fields.setdefault("by", Actor.client(client.pk))
    attempt = start_payment(client=client, purpose=purpose, door="client", now=now, **fields)
    open_payment_page(attempt=attempt, now=now)
    attempt.refresh_from_db()
    return attempt


def hold_and_begin(
    service: Service, when: str, *, client: Any = None, now: datetime = NOW, **fields: Any
) -> Paying:
    """Hold a time as a guest does who pays while booking, and open the page."""

    def book(until: datetime) -> Booked:
        return book_appointment(
            business=service.business,
            service=service,
            starts_at=factories.at(when),
            client=client or factories.make_guest(),
            by=factories.GUEST,
            channel=Channel.WEB,
            door="booking-page",
            held_until=until,
            now=now,
        )

    paying = book_with_payment(
        business=service.business,
        book=book,
        door="booking-page",
        by=factories.GUEST,
        now=now,
        **fields,
    )
    open_payment_page(attempt=paying.attempt, now=now)
    paying.attempt.refresh_from_db()
    return paying


def pay(
    attempt: PaymentAttempt, *, telling: Telling = Telling.NOW, now: datetime = LATER
) -> PaymentAttempt:
    """Pay on the simulated page; the provider tells us as it is told to."""
    attempt.refresh_from_db()
    assert pay_simulated(page_ref=attempt.provider_ref, telling=telling, now=now)
    tell_simulated_news(now=now)
    attempt.refresh_from_db()
    return attempt


def said(attempt: PaymentAttempt, news: News | None = News.PAID, /, **fields: Any) -> Told:
    """What a provider could say of an attempt; a test changes one fact of it."""
    given: dict[str, Any] = {
        "event_id": f"event-{news}",
        "kind": str(news),
        "news": news,
        "account": attempt.provider_account.remote_id,
        "attempt": str(attempt.pk),
        "page_ref": attempt.provider_ref,
        "payment_ref": f"pay-{attempt.pk}",
        "amount_minor": attempt.amount_minor,
        "currency": attempt.currency,
    }
    return Told(**{**given, **fields})


def tell(attempt: PaymentAttempt, news: News = News.PAID, /, **fields: Any) -> ProviderEvent:
    """Apply what a provider says."""
    now = fields.pop("now", LATER)
    event = apply_event(
        account=attempt.provider_account, told=said(attempt, news, **fields), now=now
    )
    attempt.refresh_from_db()
    return event


def signed(
    account: ProviderAccount, body: dict[str, Any], *, now: datetime = LATER
) -> tuple[bytes, dict[str, str]]:
    """Return the bytes of an event and the headers that vouch for them."""
    raw = json.dumps(body).encode()
    header = sign(body=raw, secret=unseal(account.sealed_hook_secret), now=now)
    return raw, {"Simulator-Signature": header}


def body_of(attempt: PaymentAttempt, **fields: Any) -> dict[str, Any]:
    """Return the simulator's JSON of a payment."""
    return {
        "id": "sim_event_1",
        "kind": "paid",
        "account": attempt.provider_account.remote_id,
        "attempt": str(attempt.pk),
        "page": attempt.provider_ref,
        "payment": "sim_pay_1",
        "amount": attempt.amount_minor,
        "currency": attempt.currency,
        "refund": "",
        "order": "",
        "card": None,
        **fields,
    }


def sums(business: Business) -> dict[str, int]:
    """Return what the ledger says came in and went back online, in minor units."""
    rows = Payment.objects.filter(business=business, method="online").values_list("kind")
    found = dict(rows.annotate(sum=Sum("amount_minor")))
    return {kind: found.get(kind, 0) for kind in (PaymentKind.PAYMENT, PaymentKind.REFUND)}


def provider_sums(account: ProviderAccount) -> dict[str, int]:
    """Return the same from the simulated provider's own books (INV-8)."""
    paid = SimulatedPayment.objects.filter(account_ref=account.remote_id, state="paid")
    back = SimulatedRefund.objects.filter(payment__account_ref=account.remote_id)
    return {
        PaymentKind.PAYMENT: paid.aggregate(sum=Sum("amount_minor"))["sum"] or 0,
        PaymentKind.REFUND: back.aggregate(sum=Sum("amount_minor"))["sum"] or 0,
    }


def words(rows: Callable[[], Any]) -> Counter[str]:
    """Count the words of a column."""
    return Counter(rows())


def fresh(appointment: Appointment) -> Appointment:
    """Read an appointment again."""
    return Appointment.objects.get(pk=appointment.pk)
