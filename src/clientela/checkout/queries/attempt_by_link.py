"""The attempt that a secret link opens, and what came of it."""

from __future__ import annotations

from clientela.booking.models import Appointment
from clientela.checkout.models import PaymentAttempt
from clientela.ledger.models import Payment, PaymentKind, Sale
from clientela.platform import links
from clientela.rules.lifecycle import HOLDS_TIME, Status


def attempt_by_link(token: str) -> PaymentAttempt | None:
    """Return the attempt of a link in the scope, or ``None``: unknown, foreign and mistyped all look the same."""
    found = PaymentAttempt.objects.select_related(
        "business", "client", "provider_account", "sale", "package", "service"
    )
    return (
        found.select_related(
            "appointment__service",
            "appointment__location",
            "appointment__professional",
            "appointment__business",
            "appointment__client",
        )
        .filter(link_digest=links.digest(token))
        .first()
    )


def sale_of_attempt(attempt: PaymentAttempt) -> Sale | None:
    """Return the sale that an attempt paid, whether it was there before or was made by it."""
    if attempt.sale is not None:
        return attempt.sale
    if not attempt.payment_ref:
        return None
    payment = (
        Payment.objects.select_related("sale")
        .filter(
            business=attempt.business_id,
            provider=attempt.provider_account.provider,
            provider_ref=attempt.payment_ref,
            kind=PaymentKind.PAYMENT,
        )
        .first()
    )
    return payment.sale if payment else None


def appointment_of_attempt(attempt: PaymentAttempt) -> Appointment | None:
    """Return the appointment that was paid for; if its hold had ended, the one that was booked in its place."""
    named = attempt.appointment
    if named is None or Status(named.status) in HOLDS_TIME:
        return named
    again = Appointment.objects.select_related(
        "service", "location", "professional", "business", "client"
    ).filter(client=attempt.client_id, service=named.service_id, starts_at=named.starts_at)
    return again.filter(status__in=HOLDS_TIME).first() or named
