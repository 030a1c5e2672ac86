"""Forget a client's kept card."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from clientela.checkout.models import KeptCard
from clientela.checkout.payment_events import CardRemoved
from clientela.checkout.providers.port import Card
from clientela.checkout.providers.registry import provider_of
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record
from clientela.platform.refusal import Refusal

logger = logging.getLogger(__name__)


def remove_card(*, card: KeptCard, by: Actor, now: datetime) -> bool:
    """Let the card never be charged again, from this moment; false if it was removed before. Outside a transaction.

    The provider is asked to forget it as well; if it does not answer, we have forgotten it all the same.
    """
    with transaction.atomic():
        removed = KeptCard.objects.filter(pk=card.pk, removed_at__isnull=True).update(
            removed_at=now
        )
        if not removed:
            return False
        note(action="card-removed", subject=card, by=by, now=now)
        record(
            CardRemoved(business_id=card.business_id, client_id=card.client_id, card_id=card.pk),
            now=now,
        )
    try:
        provider_of(card.provider_account).forget_card(
            Card(customer_ref=card.customer_ref, card_ref=card.card_ref), now=now
        )
    except Refusal as refusal:
        logger.warning("kept card not forgotten by the provider", extra={"reason": refusal.reason})
    return True
