"""Give up an attempt to pay: the client went back, or what was to be paid is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.actions.end_hold import end_hold
from clientela.checkout.models import AttemptState, PaymentAttempt
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock

GIVEN_UP: Final = "given-up"
LIVING: Final = (AttemptState.NEW, AttemptState.OPEN, AttemptState.FAILED)


def give_up_payment(*, attempt: PaymentAttempt, by: Actor, now: datetime) -> PaymentAttempt:
    """End an attempt that nothing was paid by, and give back the time it held.

    Its page is closed by the reconcile job, which looks first: money that came at the same moment is taken in
    and goes back by itself. An attempt that was decided stays as it is.
    """
    with transaction.atomic():
        lock(keys=[f"attempt:{attempt.pk}"])
        current = PaymentAttempt.objects.select_related("appointment").get(pk=attempt.pk)
        if current.state not in LIVING:
            return current
        if current.appointment is not None:
            end_hold(appointment=current.appointment, because=GIVEN_UP, by=by, now=now)
        PaymentAttempt.objects.filter(pk=current.pk).update(
            state=AttemptState.EXPIRED,
            reason=GIVEN_UP,
            settled_at=now,
            look_at=now if current.provider_ref else None,
        )
        note(action="payment-given-up", subject=current, by=by, now=now)
    return PaymentAttempt.objects.get(pk=attempt.pk)
