"""Who lets a card use their credits."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clientela.people.models import Client, HouseholdMember, HouseholdRole
from clientela.people.queries.households import belonging
from clientela.people.queries.living_cards import living_cards
from clientela.platform.tenancy import system_scope

_OWN_CHILD: Final = Q(role=HouseholdRole.CHILD, client__account__isnull=True)
_SPEAKS: Final = Q(role=HouseholdRole.ADULT) | _OWN_CHILD


def credit_lenders(*, client_id: UUID, account_id: UUID | None = None) -> list[Client]:
    """Return the cards whose credits may be used for this card now, in the order in which they came; one query.

    Both belong to one household, and the other says so (``shares_credits``); of a child its guardian says it. A card
    that took up another lets what both let. A child without a log-in and its guardian need no word between them:
    at the desk, or where the guardian is the one who asks (``account_id``; for anybody else the word is needed).
    Asked in the scope of the system, as ``lent_to`` is, because the cards are not the asker's.
    """
    with system_scope("a household's members let this card use credits that are not its own"):
        here = belonging().filter(_SPEAKS, client_id=client_id).values("household_id")
        word = belonging().filter(
            _SPEAKS, client_id=OuterRef("pk"), household_id__in=here, shares_credits=True
        )
        # A membership of a card that was taken up waits for an un-merge; what it refuses holds until then.
        says_no = HouseholdMember.objects.filter(
            until__isnull=True, client__merged_into_id=OuterRef("pk"), shares_credits=False
        )
        given = Exists(word) & ~Exists(says_no)
        cards = living_cards().exclude(pk=client_id).filter(given | _tie(client_id, account_id))
        return list(cards.order_by("created_at", "id"))


def _tie(client_id: UUID, account_id: UUID | None) -> Q:
    """Say whether one of the two answers for the other, who is a child without a log-in."""
    answered = belonging().filter(_OWN_CHILD, guardian__account__isnull=False)
    if account_id is not None:
        answered = answered.filter(guardian__account_id=account_id)
    of_child = Exists(answered.filter(client_id=client_id, guardian_id=OuterRef("pk")))
    of_guardian = Exists(answered.filter(client_id=OuterRef("pk"), guardian_id=client_id))
    return Q(of_child | of_guardian)
