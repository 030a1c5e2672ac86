"""A client's kept cards in plain values, for them to take along."""

from __future__ import annotations

from clientela.checkout.models import KeptCard
from clientela.people.models import Client


def cards_told(*, card: Client) -> list[dict[str, object]]:
    """Return every payment card that was kept, with what was agreed to: its number we never had."""
    return [
        {
            "brand": one.brand,
            "last_digits": one.last_digits,
            "fee_minor": one.fee_minor,
            "currency": one.currency,
            "words": one.text_version,
            "agreed_at": one.agreed_at.isoformat(),
            "removed_at": one.removed_at.isoformat() if one.removed_at else None,
        }
        for one in KeptCard.objects.filter(client=card).order_by("agreed_at", "id")
    ]
