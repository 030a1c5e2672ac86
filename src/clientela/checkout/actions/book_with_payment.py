"""Book a time that is paid for first: hold it, and begin the payment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from clientela.booking.actions.book import Booked
from clientela.booking.models import Appointment
from clientela.business.models import Business, SalesPolicy
from clientela.catalogue.models import Package
from clientela.checkout.actions.start_payment import start_payment
from clientela.checkout.consent import Consent
from clientela.checkout.models import PaymentAttempt, Purpose
from clientela.checkout.payment_errors import CardNotLent, OnlinePaymentOff
from clientela.checkout.queries.online import online_account
from clientela.platform.actor import Actor, ActorKind
from clientela.platform.failpoints import failpoint


@dataclass(frozen=True, slots=True)
class Paying:
    """The time that is held, and the attempt whose page opens next (``open_payment_page``)."""

    booked: Booked
    attempt: PaymentAttempt


def book_with_payment(  # noqa: PLR0913 -- every fact of a payment has its name
    *,
    business: Business,
    book: Callable[[datetime], Booked],
    is_deposit: bool = False,
    package: Package | None = None,
    only_card: bool = False,
    consent: Consent | None = None,
    back_to: str = "",
    door: str,
    by: Actor,
    now: datetime,
) -> Paying:
    """Hold a time and begin to pay for it, in one transaction; the appointment is booked when the money comes.

    ``book`` is ``book_appointment`` with everything decided but ``held_until``, which it is called with: the
    business's ``hold_minutes`` from now. Paid is the session (or its deposit), or ``package`` whose credits
    then redeem it; with ``only_card`` nothing is paid and a card is kept by ``consent``. Refuses
    ``OnlinePaymentOff``, ``CardNotLent`` where a card is to be kept for somebody else's appointment, and what booking and ``start_payment`` refuse; then nothing is held.
    """
    if online_account(business) is None:
        raise OnlinePaymentOff
    policy = SalesPolicy.objects.filter(business=business).first() or SalesPolicy()
    until = now + timedelta(minutes=policy.hold_minutes)
    with transaction.atomic():
        booked = book(until)
        failpoint("checkout.capture.time-held")
        appointment = booked.appointment
        if consent is not None and _is_anothers(appointment, by):
            raise CardNotLent
        attempt = start_payment(
            client=appointment.client,
            purpose=_purpose(package, only_card=only_card),
            package=package,
            appointment=appointment,
            is_deposit=is_deposit,
            consent=consent,
            back_to=back_to,
            door=door,
            by=by,
            now=now,
        )
        failpoint("checkout.capture.attempt-written")
    return Paying(booked, attempt)


def _is_anothers(appointment: Appointment, by: Actor) -> bool:
    """Whether who is signed in books for somebody else of their household."""
    return by.kind is ActorKind.CLIENT and appointment.client.account_id != by.account_id


def _purpose(package: Package | None, *, only_card: bool) -> Purpose:
    if package is not None:
        return Purpose.PACKAGE
    return Purpose.CARD if only_card else Purpose.SINGLE
