"""Charge a client's kept card for an appointment they did not come to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.booking.actions.staff_only import require_business
from clientela.booking.models import Appointment, Status
from clientela.checkout.actions.carry_out_charge import carry_out_charge
from clientela.checkout.links import new_link
from clientela.checkout.models import AttemptState, KeptCard, PaymentAttempt, Purpose
from clientela.checkout.payment_errors import NoCardKept, NotAMiss
from clientela.checkout.queries.fee import fee_of
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock

LOOK_AFTER: Final = timedelta(minutes=2)


def charge_no_show_fee(*, appointment: Appointment, by: Actor, now: datetime) -> PaymentAttempt:
    """Charge what the client agreed to, once, for an appointment noted as missed; staff only. Outside a transaction.

    Never more than the agreed fee nor than the service's own; the client is told (``FeeCharged``). Refuses
    ``NotAMiss`` unless it was missed and is not charged yet, ``NoCardKept``, ``CardRefused`` (nothing was
    taken; it may be tried again), and ``ProviderSilent`` where the answer is not known: it is found out by itself,
    and never charged twice.
    """
    require_business(by)
    with transaction.atomic():
        lock(keys=[f"fee:{appointment.pk}"])
        current = Appointment.objects.select_related("service", "client").get(pk=appointment.pk)
        card = _card(current)
        amount = fee_of(service=current.service, card=card)
        if current.status != Status.NO_SHOW or not amount or _is_charged(current):
            raise NotAMiss
        attempt = _write(current, card, amount, now=now)
        note(
            action="fee-charged",
            subject=current,
            by=by,
            now=now,
            details={"attempt": attempt.pk, "amount_minor": amount},
        )
    failpoint("checkout.capture.before-charge")
    carry_out_charge(attempt=attempt, now=now)
    return PaymentAttempt.objects.get(pk=attempt.pk)


def _card(appointment: Appointment) -> KeptCard:
    card = KeptCard.objects.filter(client=appointment.client_id, removed_at__isnull=True).first()
    if card is None:
        raise NoCardKept
    return card


def _is_charged(appointment: Appointment) -> bool:
    """Whether the fee was taken, or may be at this moment."""
    return (
        PaymentAttempt.objects.filter(appointment=appointment, purpose=Purpose.FEE)
        .exclude(state__in=[AttemptState.FAILED, AttemptState.EXPIRED])
        .exists()
    )


def _write(
    appointment: Appointment, card: KeptCard, amount: int, *, now: datetime
) -> PaymentAttempt:
    nonce, digest = new_link()
    return PaymentAttempt.objects.create(
        business_id=appointment.business_id,
        provider_account_id=card.provider_account_id,
        client_id=appointment.client_id,
        purpose=Purpose.FEE,
        appointment=appointment,
        amount_minor=amount,
        price_minor=amount,
        currency=card.currency,
        link_nonce=nonce,
        link_digest=digest,
        created_at=now,
        expires_at=now,
        look_at=now + LOOK_AFTER,
    )
