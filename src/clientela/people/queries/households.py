"""Who belongs to whom at a business, and what each of them lets the others do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from clientela.people.models import Client, Household, HouseholdMember, HouseholdRole
from clientela.people.queries.hidden_rows import is_hidden
from clientela.people.queries.living_cards import living_cards
from clientela.platform.tenancy import system_scope

What = Literal["book", "pay", "see", "credits"]


_WITHOUT_LOG_IN: Final = Q(role=HouseholdRole.CHILD, client__account__isnull=True)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What somebody lets the others of their household do for them. Nothing by itself."""

    lets_book: bool = False
    lets_pay: bool = False
    lets_see: bool = False
    shares_credits: bool = False


FLAG: Final[dict[What, str]] = {
    "book": "lets_book",
    "pay": "lets_pay",
    "see": "lets_see",
    "credits": "shares_credits",
}


def belonging() -> QuerySet[HouseholdMember]:
    """Return the memberships of the scope that hold now.

    The card stands, and nothing of it is hidden by a merge that its mailbox may still refuse. An adult without a
    log-in is nobody who could agree or take back: such a row waits, and holds for nothing.
    """
    standing = Q(
        until__isnull=True, client__merged_into__isnull=True, client__erased_at__isnull=True
    )
    answers = Q(role=HouseholdRole.CHILD) | Q(client__account__isnull=False)
    return HouseholdMember.objects.filter(standing, answers).exclude(is_hidden(HouseholdMember))


def permissions_of(member: HouseholdMember) -> Permissions:
    """Return what the row itself allows."""
    return Permissions(
        lets_book=member.lets_book,
        lets_pay=member.lets_pay,
        lets_see=member.lets_see,
        shares_credits=member.shares_credits,
    )


def spoken_for(*, account_id: UUID, client_id: UUID) -> HouseholdMember | None:
    """Return the card's membership if this person speaks for it: their own, or of a child they answer for.

    In the business's scope or the system's.
    """
    own = Q(client__account_id=account_id)
    child = Q(client__account__isnull=True, guardian__account_id=account_id)
    rows = belonging().filter(own | child, client_id=client_id)
    return rows.select_related("client", "household").first()


def household_of(*, client_id: UUID) -> Household | None:
    """Return the household that the card belongs to now, in the scope of the caller."""
    mine = belonging().filter(client_id=client_id).select_related("household").first()
    return mine.household if mine else None


def members_of(*, household_id: UUID) -> list[HouseholdMember]:
    """Return the members of now with their cards: adults first, then by how long they belong. One query.

    In the business's scope or the system's; a person's own scope holds only their own row.
    """
    rows = belonging().filter(household_id=household_id).select_related("client", "guardian")
    return list(rows.order_by("role", "since", "id"))


def lent_to(*, account_id: UUID, what: What, business_id: UUID | None = None) -> list[Client]:
    """Return the cards of others for which this person may do ``what`` now, with their businesses; one query.

    ``book`` appointments for them, ``pay`` what they owe, ``see`` their appointments, use their ``credits``. Whoever
    answers for a child (its guardian) may do all of it for the child, as long as it has no log-in of its own; everybody
    else needs the member's word. A card that took up another of a household lets what both let. It is asked in the
    scope of the system, because the cards are not the asker's; ``business_id`` narrows it to one business.
    """
    cards = lent_cards(account_id=account_id, what=what).select_related("business")
    if business_id is not None:
        cards = cards.filter(business_id=business_id)
    return list(cards.order_by("business__name", "business_id", "created_at", "id"))


def lent_cards(*, account_id: UUID, what: What) -> QuerySet[Client]:
    """Return the same cards as part of another query, whatever scope that one runs in."""
    with system_scope("a household's members let this person act on cards that are not theirs"):
        return living_cards().filter(_is_lent(account_id, what))


def answered_cards(*, account_id: UUID) -> QuerySet[Client]:
    """Return the cards of the children without a log-in for whom this person answers, as part of another query."""
    with system_scope("a child's card is not that of whoever answers for it"):
        return living_cards().filter(_is_answered_for(account_id))


def _is_lent(account_id: UUID, what: What) -> Q:
    flag = FLAG[what]
    me = belonging().filter(
        household_id=OuterRef("household_id"),
        role=HouseholdRole.ADULT,
        client__account_id=account_id,
    )
    theirs = (
        belonging()
        .filter(Exists(me), client_id=OuterRef("pk"))
        .exclude(client__account_id=account_id)
    )
    # A membership of a card that was taken up waits for an un-merge; what it refuses holds until then.
    says_no = HouseholdMember.objects.filter(
        until__isnull=True, client__merged_into_id=OuterRef("pk"), **{flag: False}
    )
    given = Exists(
        theirs.filter(Q(role=HouseholdRole.ADULT) | _WITHOUT_LOG_IN, **{flag: True})
    ) & ~Exists(says_no)
    return Q(given | _is_answered_for(account_id))


def _is_answered_for(account_id: UUID) -> Exists:
    return Exists(
        belonging().filter(
            _WITHOUT_LOG_IN, client_id=OuterRef("pk"), guardian__account_id=account_id
        )
    )


def in_household() -> Exists:
    """Return the condition that a card of the query belongs to a household: whose does not, nobody lets do anything."""
    return Exists(HouseholdMember.objects.filter(client_id=OuterRef("pk"), until__isnull=True))


def relatives_of(*, client_id: UUID) -> list[UUID]:
    """Return the other cards that belong to the card's household now, in the scope of the caller."""
    return sorted(_relatives(client_id).values_list("client_id", flat=True))


def relatives_in(*, client_id: UUID) -> list[HouseholdMember]:
    """Return the same as members with their cards, adults first. One query, in the business's scope."""
    rows = _relatives(client_id).select_related("client")
    return list(rows.order_by("role", "since", "id"))


def _relatives(client_id: UUID) -> QuerySet[HouseholdMember]:
    here = belonging().filter(client_id=client_id).values("household_id")
    return belonging().filter(household_id__in=here).exclude(client_id=client_id)
