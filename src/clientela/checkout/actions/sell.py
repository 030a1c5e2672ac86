"""Sell: a package, one session, or a fee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.booking.actions.credit import redeem_pending
from clientela.booking.actions.write_appointment import held_card
from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import day_of
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Package
from clientela.checkout.actions.check_money import require_seller, whole_amount
from clientela.checkout.actions.receive import receive
from clientela.checkout.errors import (
    AppliesTooEarly,
    AppliesTooLate,
    AppointmentUnsuitable,
    NotSold,
    PreviewChanged,
)
from clientela.checkout.offer import Offer
from clientela.checkout.preview import Preview
from clientela.checkout.queries.preview_sale import preview_sale
from clientela.checkout.taken import Taken
from clientela.ledger.actions.record_sale import record_sale
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import Sale, SaleKind
from clientela.ledger.queries.business_day import business_day
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.idempotency import Claim, claim

REACH: Final = timedelta(days=731)
"""How far the application date may lie from the day of sale, either way: two years."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be sold, before anything is locked."""

    offer: Offer
    applies_on: date | None
    professional: Professional | None
    appointment: Appointment | None
    payment: Taken | None
    expects: str | None
    door: str


def sell(  # noqa: PLR0913 -- every fact of a sale has its name
    *,
    business: Business,
    client: Client,
    offer: Offer,
    applies_on: date | None = None,
    professional: Professional | None = None,
    appointment: Appointment | None = None,
    price_minor: int | None = None,
    payment: Taken | None = None,
    expects: str | None = None,
    idempotency_key: str | None = None,
    door: str,
    by: Actor,
    now: datetime,
) -> Sale:
    """Sell ``offer`` to a client: the sale, its credits, what they redeem and what is paid, in one transaction.

    ``applies_on`` is the application date: from when the credits count. Without one it is the day of sale, or
    an earlier day of the ``appointment`` that is paid for, which goes before all others. ``price_minor``
    replaces the price of the offer. ``payment`` is noted with the sale; without it the sale is pending payment
    and its credits count all the same. With ``expects``, the digest of the preview that was shown, nothing is
    sold but exactly that. The same ``idempotency_key`` with the same wish returns the same sale.

    Refuses ``StaffOnly`` (a client sells to nobody, unless the money has arrived online), ``PreviewChanged``
    with the new preview, ``NotSold``, ``AppliesTooEarly`` and ``AppliesTooLate``, ``AppointmentUnsuitable``,
    ``ClientGone``, and what taking money refuses (``actions/receive.py``).
    """
    require_seller(by=by, taken=payment)
    if price_minor is not None:
        offer = offer.at_price(whole_amount(price_minor, field="price_minor"))
    order = _Order(offer, applies_on, professional, appointment, payment, expects, door)
    with transaction.atomic():
        claimed = None
        if idempotency_key:
            claimed = _claim(order, client=client, key=idempotency_key, by=by, now=now)
            if claimed.replayed:
                return Sale.objects.get(pk=UUID(claimed.result["sale"]))
        card = held_card(client)
        lock_credits(card.pk)
        failpoint("checkout.sell.locked")
        sale = _sell(order, business=business, card=card, by=by, now=now)
        if claimed:
            claimed.keep({"sale": str(sale.pk)})
        failpoint("checkout.sell.before-commit")
    return sale


def _sell(order: _Order, *, business: Business, card: Client, by: Actor, now: datetime) -> Sale:
    """Look again, compare with what was shown, write; the card and its credits are ours."""
    today = business_day(business_id=business.pk, now=now)
    first = _appointment(order, card=card)
    applies_on = _application_date(order.applies_on, today=today, first=first)
    _refuse_unsold(order, business=business)
    preview = preview_sale(client=card, offer=order.offer, applies_on=applies_on, first=first)
    if order.expects is not None and order.expects != preview.digest:
        raise PreviewChanged(preview=preview)
    sale = _write(order, preview=preview, card=card, first=first, today=today, by=by, now=now)
    failpoint("checkout.sell.recorded")
    cause = cause_of(first.pk) if first is not None and order.offer.credits else ""
    redeemed = redeem_pending(client_id=card.pk, first=cause, now=now)
    failpoint("checkout.sell.redeemed")
    if order.payment is not None:
        receive(sale=sale, taken=order.payment, by=by, now=now)
        failpoint("checkout.sell.paid")
    note(
        action="sale-made",
        subject=sale,
        by=by,
        now=now,
        details={
            "kind": sale.kind,
            "price_minor": sale.price_minor,
            "applies_on": sale.applies_on,
            "door": sale.door,
            "redeems": [one.pk for one in redeemed],
        },
    )
    return sale


def _write(
    order: _Order,
    *,
    preview: Preview,
    card: Client,
    first: Appointment | None,
    today: date,
    by: Actor,
    now: datetime,
) -> Sale:
    """Write the sale as the preview says it."""
    offer = order.offer
    professional = order.professional or (first.professional if first is not None else None)
    is_package = offer.kind == SaleKind.PACKAGE
    return record_sale(
        client=card,
        kind=offer.kind,
        package=offer.package,
        service=offer.service,
        name=offer.name,
        credits=offer.credits,
        services=offer.services,
        price_minor=offer.price_minor,
        tax_basis_points=offer.tax_basis_points,
        currency=offer.currency,
        sold_on=today,
        applies_on=preview.applies_on,
        valid_until=preview.valid_until,
        professional=professional,
        cause="" if first is None or is_package else cause_of(first.pk),
        door=order.door,
        by=by,
        now=now,
    )


def _claim(order: _Order, *, client: Client, key: str, by: Actor, now: datetime) -> Claim:
    """Claim the key for this wish; what the preview showed is not part of the wish, only a condition."""
    return claim(
        owner=f"{client.business_id}:sell:{by.kind.value}:{by.account_id or by.label}",
        key=key,
        fingerprint={
            **order.offer.facts(),
            "client": client.pk,
            "applies_on": order.applies_on,
            "appointment": order.appointment.pk if order.appointment else None,
            "professional": order.professional.pk if order.professional else None,
            "payment": [order.payment.method, order.payment.amount_minor, order.payment.paid_on]
            if order.payment
            else None,
        },
        now=now,
    )


def _appointment(order: _Order, *, card: Client) -> Appointment | None:
    """Return the appointment that is paid for, as it is now; refuses one that this sale cannot be for."""
    if order.appointment is None:
        return None
    current = (
        Appointment.objects.select_related("professional")
        .filter(pk=order.appointment.pk, client=card)
        .first()
    )
    if current is None or (order.offer.services and current.service_id not in order.offer.services):
        raise AppointmentUnsuitable(field="appointment")
    return current


def _application_date(asked: date | None, *, today: date, first: Appointment | None) -> date:
    """Return from when the sale counts; refuses what lies more than two years off."""
    if asked is None:
        return today if first is None else min(today, day_of(first))
    if asked < today - REACH:
        raise AppliesTooEarly(field="applies_on", least=today - REACH)
    if asked > today + REACH:
        raise AppliesTooLate(field="applies_on", most=today + REACH)
    return asked


def _refuse_unsold(order: _Order, *, business: Business) -> None:
    """Refuse ``NotSold`` a package that was archived meanwhile; what was agreed and paid online is still sold."""
    package = order.offer.package
    if package is None or (order.payment is not None and order.payment.is_online):
        return
    if not Package.objects.filter(pk=package.pk, business=business, is_active=True).exists():
        raise NotSold(field="package")
