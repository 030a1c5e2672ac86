"""Begin to pay online: the row that stands before any provider is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.booking.models import Appointment, Status
from clientela.catalogue.models import Package, Service
from clientela.catalogue.queries.sold_packages import may_buy_alone
from clientela.checkout.consent import Consent
from clientela.checkout.errors import AppointmentUnsuitable, NotSold
from clientela.checkout.links import new_link
from clientela.checkout.models import AttemptState, PaymentAttempt, ProviderAccount, Purpose
from clientela.checkout.payment_errors import ConsentMissing, NothingToPay, OnlinePaymentOff
from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.people.models import Client
from clientela.platform.actor import Actor, ActorKind
from clientela.platform.audit import note
from clientela.platform.locking import lock
from clientela.rules.lifecycle import HOLDS_TIME
from clientela.rules.redemption_state import USES_CREDIT, RedemptionState

PAGE_LASTS: Final = timedelta(hours=1)
"""How long a page stands where no time is held meanwhile."""
STILL_USEFUL: Final = timedelta(minutes=3)
LONGEST_BACK: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """How much is asked now, of which price, for how long."""

    amount: int
    price: int
    until: datetime


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be paid, and what is agreed with it."""

    purpose: Purpose
    sale: Sale | None
    package: Package | None
    service: Service | None
    appointment: Appointment | None
    is_deposit: bool
    consent: Consent | None
    back_to: str


def start_payment(  # noqa: PLR0913 -- every fact of an attempt has its name
    *,
    client: Client,
    purpose: Purpose,
    sale: Sale | None = None,
    package: Package | None = None,
    service: Service | None = None,
    appointment: Appointment | None = None,
    is_deposit: bool = False,
    consent: Consent | None = None,
    is_known: bool = False,
    back_to: str = "",
    door: str,
    by: Actor,
    now: datetime,
) -> PaymentAttempt:
    """Write down what is to be paid, at our prices; then ``open_payment_page`` sends the client there.

    ``SALE`` pays what is due of ``sale``; ``PACKAGE`` and ``SINGLE`` are sold once the money has come, for
    ``appointment`` where one is named (a held one is booked then); ``CARD`` only keeps a card, by ``consent``.
    ``is_deposit`` asks the service's deposit instead of the whole price. Begun twice for the same, it is one
    attempt while its page stands. ``back_to`` is the path of ours that the last page leads to; ``is_known``
    says that a guest is a client here, for packages that only those may buy. Refuses
    ``OnlinePaymentOff``, ``NothingToPay``, ``NotSold``, ``AppointmentUnsuitable`` and ``ConsentMissing``.
    """
    account = online_account(client.business)
    if account is None:
        raise OnlinePaymentOff
    if purpose == Purpose.CARD and consent is None:
        raise ConsentMissing
    if package is not None and not may_buy_alone(
        package=package, is_client=is_known or by.kind is not ActorKind.GUEST
    ):
        raise NotSold
    if appointment is not None:
        _check_appointment(appointment, client)
        service = service or (None if package else appointment.service)
    order = _Order(purpose, sale, package, service, appointment, is_deposit, consent, back_to)
    with transaction.atomic():
        lock(keys=[f"paying:{client.pk}"])
        attempt = _write(order, client=client, account=account, now=now)
        if (standing := _standing(attempt, now=now)) is not None:
            return standing
        attempt.save(force_insert=True)
        note(
            action="payment-started",
            subject=attempt,
            by=by,
            now=now,
            details={"purpose": purpose, "amount_minor": attempt.amount_minor, "door": door},
        )
    return attempt


def _write(
    order: _Order, *, client: Client, account: ProviderAccount, now: datetime
) -> PaymentAttempt:
    """Return the attempt, not yet in the database, with what is asked at this moment."""
    asked = _asked(order, now=now)
    nonce, digest = new_link()
    of_service = order.purpose in {Purpose.SINGLE, Purpose.CARD}
    return PaymentAttempt(
        business_id=client.business_id,
        provider_account=account,
        client=client,
        purpose=order.purpose,
        sale=order.sale,
        package=order.package,
        service=order.service if of_service else None,
        appointment=order.appointment,
        amount_minor=asked.amount,
        price_minor=asked.price,
        currency=order.sale.currency if order.sale else client.business.currency,
        fee_minor=order.consent.fee_minor if order.consent else 0,
        consent_text=order.consent.text if order.consent else "",
        link_nonce=nonce,
        link_digest=digest,
        back_to=order.back_to[:LONGEST_BACK],
        created_at=now,
        expires_at=asked.until,
        look_at=asked.until,
    )


def _check_appointment(appointment: Appointment, client: Client) -> None:
    """Refuse what is another's, does not take place, or has its credit."""
    holds = Status(appointment.status) in HOLDS_TIME
    if appointment.client_id != client.pk or not holds:
        raise AppointmentUnsuitable
    if RedemptionState(appointment.redemption) in USES_CREDIT:
        raise NothingToPay


def _asked(order: _Order, *, now: datetime) -> Asked:
    """Say how much is asked, at this moment; refuses ``NothingToPay``."""
    appointment, service = order.appointment, order.service
    if order.purpose == Purpose.SALE and order.sale is not None:
        current = Sale.objects.get(pk=order.sale.pk)
        price = amount = sums_of(current).due if current.voided_at is None else 0
    elif order.purpose == Purpose.PACKAGE and order.package is not None:
        price = amount = order.package.price_minor
    elif order.purpose == Purpose.SINGLE and service is not None:
        price = appointment.price_minor if appointment else service.price_minor
        amount = min(service.deposit_minor, price) if order.is_deposit else price
    elif order.purpose == Purpose.CARD:
        price = amount = 0
    else:
        raise ValueError("what is paid is named: a sale, a package or a service")
    if amount <= 0 and order.purpose != Purpose.CARD:
        raise NothingToPay
    is_held = appointment is not None and appointment.status == Status.HELD
    until = appointment.held_until if is_held and appointment else None
    return Asked(amount, price, until or now + PAGE_LASTS)


def _standing(wanted: PaymentAttempt, *, now: datetime) -> PaymentAttempt | None:
    """Return the attempt that asks the very same already, while its page still helps."""
    return PaymentAttempt.objects.filter(
        client=wanted.client_id,
        provider_account=wanted.provider_account_id,
        state__in=[AttemptState.NEW, AttemptState.OPEN],
        purpose=wanted.purpose,
        sale=wanted.sale_id,
        package=wanted.package_id,
        service=wanted.service_id,
        appointment=wanted.appointment_id,
        amount_minor=wanted.amount_minor,
        price_minor=wanted.price_minor,
        fee_minor=wanted.fee_minor,
        back_to=wanted.back_to,
        expires_at__gt=now + STILL_USEFUL,
    ).first()
