"""Who is told in a child's stead: whoever answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clientela.people.models import Client, HouseholdRole, NotifyBy
from clientela.people.queries.households import belonging


def hearers(*, cards: Iterable[Client]) -> dict[UUID, Client]:
    """Return whose card is told, and how, what is for one of these cards that are a child's; others are not in it.

    A child without a log-in whose card takes no messages of its own is heard for by its guardian, as that one wishes to
    be told of their own. No query where no card could be such a child's, else one. In the business's scope or the
    system's.
    """
    silent = {
        card.pk
        for card in cards
        if card.account_id is None and card.notify_by == NotifyBy.NONE and not card._state.adding
    }
    if not silent:
        return {}
    rows = belonging().filter(
        client_id__in=silent, role=HouseholdRole.CHILD, guardian__erased_at__isnull=True
    )
    return {row.client_id: row.guardian for row in rows.select_related("guardian") if row.guardian}
