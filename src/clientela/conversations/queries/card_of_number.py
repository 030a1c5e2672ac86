"""Whose number it is."""

from __future__ import annotations

from clientela.business.models import Business
from clientela.people.models import Client, IdentifierKind
from clientela.people.queries.living_cards import living_cards


def card_of_number(*, business: Business, number: str) -> Client | None:
    """Return the one living card that has the number, or ``None`` where none has it or several share it."""
    found = cards_of_number(business=business, number=number)
    return found[0] if len(found) == 1 else None


def cards_of_number(*, business: Business, number: str) -> list[Client]:
    """Return the living cards that have the number, oldest first: among them a person chooses who wrote."""
    rows = living_cards().filter(
        business=business,
        identifiers__kind=IdentifierKind.PHONE,
        identifiers__value=number,
    )
    return list(rows.distinct().order_by("created_at", "id")[:20])
