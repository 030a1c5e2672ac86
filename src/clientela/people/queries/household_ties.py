"""With whom a card has belonged together, and until when: what the rule of new and returning counts as family."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clientela.people.models import HouseholdMember


def household_ties(*, client_id: UUID) -> dict[UUID, datetime | None]:
    """Return the cards that stand for whoever has belonged to this card's household, each with when that ended.

    ``None``: they belong together still. A card speaks for those it took up, on either side. Who left is here, too:
    what was booked while they belonged together stays explained. In the business's scope or the system's; two queries.
    """
    own = HouseholdMember.objects.filter(_of(client_id))
    mine: dict[UUID, list[HouseholdMember]] = defaultdict(list)
    for row in own:
        mine[row.household_id].append(row)
    if not mine:
        return {}
    others = HouseholdMember.objects.filter(household_id__in=list(mine)).exclude(_of(client_id))
    found: dict[UUID, datetime | None] = {}
    for other in others.select_related("client"):
        card = other.client.merged_into_id or other.client_id
        for row in mine[other.household_id]:
            if _overlap(row, other):
                _keep(found, card, _end(row, other))
    return found


def ever_in_household(key: str) -> Q:
    """Return the condition that a card has ever belonged to a household; ``key`` is the path to its id."""
    rows = HouseholdMember.objects
    # Apart, so that each is found in its index.
    own = Exists(rows.filter(client_id=OuterRef(key)))
    return Q(own | Exists(rows.filter(client__merged_into_id=OuterRef(key))))


def _of(client_id: UUID) -> Q:
    return Q(client_id=client_id) | Q(client__merged_into_id=client_id)


def _overlap(one: HouseholdMember, other: HouseholdMember) -> bool:
    is_over = one.until is not None and one.until <= other.since
    return not is_over and not (other.until is not None and other.until <= one.since)


def _end(one: HouseholdMember, other: HouseholdMember) -> datetime | None:
    return min((at for at in (one.until, other.until) if at is not None), default=None)


def _keep(found: dict[UUID, datetime | None], card: UUID, end: datetime | None) -> None:
    """Keep the latest end of all; what still holds is the latest."""
    known = found.get(card, end)
    found[card] = None if known is None or end is None else max(known, end)
