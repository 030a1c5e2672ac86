"""The cards of one person."""

from __future__ import annotations

from uuid import UUID

from clientela.people.models import Client
from clientela.people.queries.households import in_household
from clientela.people.queries.living_cards import living_cards


def own_cards(*, account_id: UUID) -> list[Client]:
    """Return the living cards of an account with their businesses, by the businesses' names; one query.

    In the account's scope or the system's: a person's cards stand in several businesses. Each says of itself whether
    it is in a household (``has_family``).
    """
    cards = living_cards().filter(account_id=account_id).select_related("business")
    cards = cards.annotate(has_family=in_household())
    return list(cards.order_by("business__name", "business_id"))
