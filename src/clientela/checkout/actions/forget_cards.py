"""Have the providers forget the cards that we keep no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.checkout.models import KeptCard
from clientela.checkout.providers.port import Card, ProviderRefused, ProviderSilent
from clientela.checkout.providers.registry import ProviderNotHere, provider_of
from clientela.platform.tenancy import business_scope, system_scope

AT_ONCE: Final = 20
AFTER: Final = timedelta(days=1)
"""A charge that was under way when the card was removed has ended by then."""


def forget_cards(*, now: datetime) -> int:
    """Ask the provider to forget each card removed a day ago or more, then forget its name there ourselves.

    Returns how many were forgotten. A silent provider is asked again at the next run; one that says no, or
    that this installation cannot speak to any more, has nothing to forget for us. Outside a transaction.
    """
    with system_scope("removed cards of every business are forgotten by one job"):
        due = list(
            KeptCard.objects.filter(removed_at__lte=now - AFTER)
            .exclude(card_ref="")
            .select_related("provider_account")
            .order_by("removed_at", "id")[:AT_ONCE]
        )
    return sum(_forget(card, now=now) for card in due)


def _forget(card: KeptCard, *, now: datetime) -> int:
    try:
        provider_of(card.provider_account).forget_card(
            Card(customer_ref=card.customer_ref, card_ref=card.card_ref), now=now
        )
    except ProviderSilent:
        return 0
    except (ProviderRefused, ProviderNotHere):
        pass
    with business_scope(card.business_id):
        return KeptCard.objects.filter(pk=card.pk).update(customer_ref="", card_ref="")
