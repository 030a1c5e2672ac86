"""Begin again what an attempt was for."""

from __future__ import annotations

from datetime import datetime

from clientela.checkout.actions.start_payment import start_payment
from clientela.checkout.consent import Consent
from clientela.checkout.models import AttemptState, PaymentAttempt, Purpose
from clientela.checkout.payment_errors import PaymentOver
from clientela.platform.actor import Actor


def pay_again(*, attempt: PaymentAttempt, by: Actor, now: datetime) -> PaymentAttempt:
    """Return an attempt for the same at today's prices: this one while its page stands, else a new one.

    A time that was held must still be. Refuses ``PaymentOver`` for what was paid, or charged by us, and what
    ``start_payment`` refuses.
    """
    is_over = attempt.state in {AttemptState.PAID, AttemptState.RETURNED}
    if is_over or attempt.purpose == Purpose.FEE:
        raise PaymentOver
    living = attempt.state in {AttemptState.NEW, AttemptState.OPEN}
    if living and attempt.expires_at > now:
        return attempt
    is_single = attempt.purpose == Purpose.SINGLE
    return start_payment(
        client=attempt.client,
        purpose=Purpose(attempt.purpose),
        sale=attempt.sale,
        package=attempt.package,
        service=attempt.service,
        appointment=attempt.appointment,
        is_deposit=is_single and attempt.amount_minor < attempt.price_minor,
        consent=Consent(attempt.fee_minor, attempt.consent_text) if attempt.consent_text else None,
        is_known=True,
        back_to=attempt.back_to,
        door="payment-link",
        by=by,
        now=now,
    )
