"""Keep a client's card for the fee they agreed to."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.actions.write_appointment import held_card
from clientela.checkout.models import KeptCard, PaymentAttempt
from clientela.checkout.payment_events import CardKept
from clientela.checkout.providers.port import Card
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record


def keep_card(*, attempt: PaymentAttempt, card: Card, by: Actor, now: datetime) -> KeptCard:
    """Keep the card that the provider holds, with the consent of the attempt, in the caller's transaction.

    A client has one; the one before is not charged any more. Refuses ``ClientGone``.
    """
    client = held_card(attempt.client)
    KeptCard.objects.filter(client=client, removed_at__isnull=True).update(removed_at=now)
    kept = KeptCard.objects.create(
        business_id=attempt.business_id,
        client=client,
        provider_account_id=attempt.provider_account_id,
        customer_ref=card.customer_ref,
        card_ref=card.card_ref,
        brand=card.brand[:20],
        last_digits=card.last_digits[:4],
        expires_month=card.expires_month,
        expires_year=card.expires_year,
        fee_minor=attempt.fee_minor,
        currency=attempt.currency,
        text_version=attempt.consent_text,
        agreed_at=attempt.created_at,
    )
    note(
        action="card-kept",
        subject=kept,
        by=by,
        now=now,
        details={"fee_minor": kept.fee_minor, "text": kept.text_version},
    )
    record(CardKept(business_id=kept.business_id, client_id=client.pk, card_id=kept.pk), now=now)
    return kept
