"""The one place where online money arrives: it gives what was paid for, or sends the money back.

Both in the transaction of the news, so that no money is taken without its effect, and none is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.actions.take_from_hold import book_after_hold, take_from_hold
from clientela.booking.actions.write_appointment import held_card
from clientela.booking.errors import HoldEnded
from clientela.booking.models import NOT_PAID, Appointment
from clientela.booking.queries.pending_redemption import day_of
from clientela.checkout.actions.keep_card import keep_card
from clientela.checkout.actions.receive import receive
from clientela.checkout.actions.return_money import return_money
from clientela.checkout.actions.sell import sell
from clientela.checkout.errors import AppointmentUnsuitable
from clientela.checkout.models import AttemptState, PaymentAttempt, Purpose
from clientela.checkout.offer import Offer
from clientela.checkout.payment_errors import NoCardKept, NothingToPay
from clientela.checkout.payment_events import FeeCharged
from clientela.checkout.providers.port import Told
from clientela.checkout.taken import Taken
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import Method, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock
from clientela.platform.outbox import record
from clientela.platform.refusal import Refusal
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.rules.redemption_state import USES_CREDIT, RedemptionState

BY: Final = Actor.system("online-payment")


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether what was paid for was given; ``reason`` says why the money goes back instead."""

    given: bool
    reason: str


def settle_attempt(*, attempt: PaymentAttempt, told: Told, now: datetime) -> Settled:
    """Give what ``told`` paid for; where that is not possible any more, record the money and order it back.

    The caller holds the attempt's lock and has compared amount and currency. Whatever an action below refuses
    (a hold that ended and whose time is taken, a sale that was voided or paid meanwhile, a card that was
    erased) is a reason to send the money back, never to lose it.
    """
    try:
        with transaction.atomic():
            _give(attempt, told, now=now)
            failpoint("checkout.capture.given")
    except Refusal as refusal:
        failpoint("checkout.capture.refused")
        return_money(attempt=attempt, told=told, reason=refusal.reason, now=now)
        _end(attempt, told, AttemptState.RETURNED, refusal.reason, now=now)
        return Settled(given=False, reason=refusal.reason)
    _end(attempt, told, AttemptState.PAID, "", now=now)
    failpoint("checkout.capture.settled")
    return Settled(given=True, reason="paid")


def _give(attempt: PaymentAttempt, told: Told, *, now: datetime) -> None:
    """Take the time that was held, write the sale and its payment, keep the card."""
    appointment = _appointment(attempt, now=now)
    failpoint("checkout.capture.time-taken")
    taken = _taken(attempt, told)
    if taken is not None:
        sale = _paid_sale(attempt, appointment, taken, now=now)
        failpoint("checkout.capture.sold")
        if attempt.purpose == Purpose.FEE and appointment is not None:
            _tell_fee(sale, appointment, now=now)
    if attempt.consent_text:
        if told.card is None:
            raise NoCardKept
        keep_card(attempt=attempt, card=told.card, by=BY, now=now)


def _appointment(attempt: PaymentAttempt, *, now: datetime) -> Appointment | None:
    """Return the appointment that is paid for, booked if it was held. A hold that ended is booked again if it can be."""
    if attempt.appointment is None or attempt.purpose == Purpose.FEE:
        return attempt.appointment
    lock(keys=[f"paid-for:{attempt.appointment.pk}"])
    held = Appointment.objects.get(pk=attempt.appointment.pk)
    if attempt.purpose == Purpose.SINGLE and RedemptionState(held.redemption) in USES_CREDIT:
        # Paid by another attempt, or covered by a credit, since this page was opened.
        raise NothingToPay
    uses_other = not attempt.amount_minor  # what is sold below redeems it itself
    try:
        taken = take_from_hold(appointment=held, redeems=uses_other, by=BY, now=now)
    except HoldEnded:
        if held.cancelled_because != NOT_PAID:
            raise
        return book_after_hold(appointment=held, redeems=uses_other, by=BY, now=now)
    if Status(taken.status) not in HOLDS_TIME:
        raise AppointmentUnsuitable
    return taken


def _taken(attempt: PaymentAttempt, told: Told) -> Taken | None:
    """Return the money as it is noted; ``None`` where only a card was kept."""
    if not attempt.amount_minor:
        return None
    return Taken(
        method=Method.ONLINE,
        amount_minor=attempt.amount_minor,
        provider=attempt.provider_account.provider,
        provider_ref=told.payment_ref,
    )


def _paid_sale(
    attempt: PaymentAttempt, appointment: Appointment | None, taken: Taken, *, now: datetime
) -> Sale:
    """Pay the sale there is, or make the one that was paid for, at the price that was agreed."""
    if attempt.sale is not None:
        lock_credits(held_card(attempt.client).pk)
        sale = Sale.objects.get(pk=attempt.sale.pk)
        receive(sale=sale, taken=taken, by=BY, now=now)
        return sale
    today = business_day(business_id=attempt.business_id, now=now)
    of_fee = attempt.purpose == Purpose.FEE
    wants_day = appointment is not None and not of_fee
    return sell(
        business=attempt.business,
        client=attempt.client,
        offer=_offer(attempt, appointment),
        applies_on=min(today, day_of(appointment)) if wants_day and appointment else today,
        professional=appointment.professional if appointment else None,
        appointment=appointment,
        price_minor=attempt.price_minor,
        payment=taken,
        door="online",
        by=BY,
        now=now,
    )


def _offer(attempt: PaymentAttempt, appointment: Appointment | None) -> Offer:
    """Return what the attempt sells; its price is the attempt's."""
    if attempt.package is not None:
        return Offer.of_package(attempt.package)
    if attempt.purpose == Purpose.FEE and appointment is not None:
        return Offer.fee(
            name=appointment.service.name,
            price_minor=attempt.price_minor,
            currency=attempt.currency,
            tax_basis_points=appointment.service.tax_basis_points,
            service=appointment.service,
        )
    if attempt.service is None:
        raise AppointmentUnsuitable
    return Offer.of_service(attempt.service)


def _tell_fee(sale: Sale, appointment: Appointment, *, now: datetime) -> None:
    record(
        FeeCharged(
            business_id=sale.business_id,
            client_id=sale.client_id,
            appointment_id=appointment.pk,
            sale_id=sale.pk,
        ),
        now=now,
    )


def _end(
    attempt: PaymentAttempt, told: Told, state: AttemptState, reason: str, *, now: datetime
) -> None:
    """Write the end of an attempt; it is not looked at any more."""
    PaymentAttempt.objects.filter(pk=attempt.pk).update(
        state=state,
        reason=reason[:40],
        payment_ref=told.payment_ref,
        settled_at=now,
        look_at=None,
    )
