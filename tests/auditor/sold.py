"""What was sold in the world that is audited: every kind of row of the ledger, in every state."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from tests.ledger import shop

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.models import PaymentAttempt, ProviderAccount, RefundOrder
from clientela.checkout.models.payment_attempt import AttemptState, Purpose
from clientela.checkout.models.refund_order import OrderState
from clientela.ledger.actions.forfeit_credit import forfeit_credit
from clientela.ledger.actions.record_payment import record_payment
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.models import Method, Payment, Sale
from clientela.people.models import Client
from clientela.rules.redemption_state import RedemptionState


def fill(business: Business, service: Service, booked: list[Appointment]) -> None:
    """Redeem three of the client's appointments: the second is lost, the third returned.

    The sale is paid in two parts, with a part of its price taken back; a second is void and refunded, a third
    waits; and money came that belongs to nothing.
    """
    client = Client.objects.get(pk=booked[0].client_id)
    package = shop.make_package(business, service)
    sale = shop.sell(client, package)
    states = (RedemptionState.REDEEMED, RedemptionState.FORFEITED, RedemptionState.RETURNED)
    for number, (appointment, state) in enumerate(zip(booked, states, strict=True), start=1):
        cause = f"appointment:{appointment.pk}"
        day = appointment.starts_at.date()
        shop.redeem(sale, number, for_=cause, on=day)
        with transaction.atomic():
            if state is RedemptionState.RETURNED:
                release_credit(cause=cause, now=shop.NOW)
            if state is RedemptionState.FORFEITED:
                forfeit_credit(cause=cause, now=shop.NOW)
        Appointment.objects.filter(pk=appointment.pk).update(redemption=state)
    _pay(business, client, sale)


def _pay(business: Business, client: Client, sale: Sale) -> None:
    first = shop.pay(sale, 20000, method=Method.TERMINAL)
    shop.pay(sale, 10000)
    shop.take_off(sale, 5000)
    shop.refund(first, 5000)
    void = shop.sell(client, sale.package)
    paid = shop.pay(void, 10000)
    shop.redeem(void, 1, for_="gift:1")
    shop.close(void)
    shop.refund(paid, 10000)
    shop.sell(client, sale.package)
    with transaction.atomic():
        stray = record_payment(
            sale=None,
            method=Method.ONLINE,
            amount_minor=4500,
            currency="EUR",
            business_id=business.pk,
            provider="simulator",
            provider_ref="pay_1",
            paid_on=shop.TODAY,
            by=shop.STAFF,
            now=shop.NOW,
        )
    shop.refund(stray, 2000, provider_ref="back_1")
    _return(client, stray)
    shop.pay(
        shop.sell(client, sale.package),
        4500,
        method=Method.ONLINE,
        provider="simulator",
        provider_ref="pay_2",
    )
    _attempt(client, state=AttemptState.PAID, payment_ref="pay_2", link_digest="2")


def _return(client: Client, stray: Payment) -> None:
    """Order back what came for nothing: a part of it has gone."""
    attempt = _attempt(client, state=AttemptState.RETURNED, payment_ref="pay_1", link_digest="1")
    for amount, state, reference in (
        (2000, OrderState.DONE, "back_1"),
        (2500, OrderState.ORDERED, ""),
    ):
        RefundOrder.objects.create(
            business_id=client.business_id,
            provider_account_id=attempt.provider_account_id,
            payment=stray,
            amount_minor=amount,
            because="hold-ended",
            state=state,
            provider_ref=reference,
            ordered_at=shop.NOW,
            by_kind="system",
        )


def _attempt(client: Client, **fields: Any) -> PaymentAttempt:
    account, _ = ProviderAccount.objects.get_or_create(
        business_id=client.business_id, provider="simulator", defaults={"created_at": shop.NOW}
    )
    return PaymentAttempt.objects.create(
        business_id=client.business_id,
        provider_account=account,
        client=client,
        purpose=Purpose.SINGLE,
        amount_minor=4500,
        price_minor=4500,
        currency="EUR",
        created_at=shop.NOW,
        expires_at=shop.NOW,
        settled_at=shop.NOW,
        **fields,
    )
