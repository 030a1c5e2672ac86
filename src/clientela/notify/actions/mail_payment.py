"""The mails that say that money came or went back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import override

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.checkout.links import attempt_url
from clientela.checkout.models import PaymentAttempt
from clientela.ledger.models import Method, Payment, Redemption, Sale, SaleKind
from clientela.ledger.queries.sale_sums import sums_of
from clientela.notify import money_letters
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.queries.payer import own_sale_url, payer_of
from clientela.notify.safe_text import inert
from clientela.platform.time_words import clock, short_day
from clientela.rules.money import Money

NEWS_FOR: Final = timedelta(days=2)
"""A receipt that comes later than that is no news any more: the client's pages have it."""


def mail_receipt(*, payment_id: UUID, now: datetime) -> None:
    """Queue the receipt of a payment for a sale, with what it covers and what is still due.

    Not of an old one (the worker stood still, or it was noted long after), and not of a fee that a kept card
    paid: that has a letter of its own.
    """
    payment = _fresh(payment_id, now=now)
    if payment is None or payment.sale is None or _is_charged_fee(payment):
        return
    sale = payment.sale
    payer = payer_of(sale.client_id, is_own=payment.method == Method.ONLINE)
    if payer is None:
        return
    with override(payer.language):
        letter = money_letters.receipt(
            payer.reader(link=own_sale_url(card=payer.card, sale=sale)),
            _told(payment, sale),
        )
    queue_account_mail(kind="receipt", address=payer.address, letter=letter, now=now)


def mail_money_back(*, payment_id: UUID, now: datetime) -> None:
    """Queue the mail that money of a sale went back."""
    payment = _fresh(payment_id, now=now)
    if payment is None or payment.sale is None:
        return
    sale = payment.sale
    payer = payer_of(sale.client_id, is_own=payment.method == Method.ONLINE)
    if payer is None:
        return
    with override(payer.language):
        letter = money_letters.money_back(
            payer.reader(link=own_sale_url(card=payer.card, sale=sale)),
            sale=sale.name,
            amount=Money(payment.amount_minor, payment.currency),
            method=payment.method,
            day=payment.paid_on,
        )
    queue_account_mail(kind="money-back", address=payer.address, letter=letter, now=now)


def mail_money_returned(*, attempt_id: UUID, now: datetime) -> None:
    """Queue the mail that a payment which came too late, or twice, goes back by itself."""
    attempt = (
        PaymentAttempt.objects.select_related("business", "client").filter(pk=attempt_id).first()
    )
    if attempt is None:
        return
    payer = payer_of(attempt.client_id, is_own=True)
    if payer is None:
        return
    with override(payer.language):
        letter = money_letters.money_returned(
            payer.reader(link=attempt_url(attempt)),
            amount=Money(attempt.amount_minor, attempt.currency),
            reason=attempt.reason,
        )
    queue_account_mail(kind="money-back", address=payer.address, letter=letter, now=now)


def _fresh(payment_id: UUID, *, now: datetime) -> Payment | None:
    """The payment, while it is news."""
    return (
        Payment.objects.select_related("sale__business")
        .filter(pk=payment_id, recorded_at__gt=now - NEWS_FOR)
        .first()
    )


def _is_charged_fee(payment: Payment) -> bool:
    return (
        payment.method == Method.ONLINE
        and payment.sale is not None
        and payment.sale.kind == SaleKind.FEE
    )


def _told(payment: Payment, sale: Sale) -> money_letters.Receipt:
    causes = Redemption.objects.filter(grant__sale=sale, released_at__isnull=True)
    appointment_ids = [
        found
        for cause in causes.values_list("cause", flat=True)
        if (found := appointment_id_of(cause))
    ]
    # What was lent is used all the same, but for an appointment that is not the reader's.
    own = Appointment.objects.filter(pk__in=appointment_ids, client=sale.client_id)
    covered = own.select_related("service")
    return money_letters.Receipt(
        amount=Money(payment.amount_minor, payment.currency),
        method=payment.method,
        paid_on=payment.paid_on,
        sale=sale.name,
        due=Money(sums_of(sale).due, sale.currency),
        appointments=[
            f"{short_day(one.starts_at, one.promised_zone)} {clock(one.starts_at, one.promised_zone)} "
            f"{inert(one.service.name)}"
            for one in covered.order_by("starts_at", "pk")
        ],
        left=sale.credits - len(appointment_ids) if sale.voided_at is None else 0,
        valid_until=sale.valid_until,
    )
