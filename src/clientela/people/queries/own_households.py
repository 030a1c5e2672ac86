"""A person's households, as that person may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from clientela.people.models import Client, HouseholdMember, HouseholdRole
from clientela.people.queries.households import Permissions, belonging, permissions_of
from clientela.people.queries.own_cards import own_cards
from clientela.people.queries.own_name import own_name
from clientela.platform.tenancy import system_scope


@dataclass(frozen=True, slots=True)
class Relative:
    """Another of the household. ``lets_me``: what this person may do for them. ``is_mine``: they answer for the child.

    ``gives`` is what the child's others may do, and is told to whoever answers for it only.
    """

    client_id: UUID
    name: str
    is_child: bool
    is_mine: bool
    lets_me: Permissions
    gives: Permissions


@dataclass(frozen=True, slots=True)
class OwnHousehold:
    """The person's own card at a business, what they let the others do, and who the others are."""

    card: Client
    is_in: bool
    gives: Permissions
    relatives: tuple[Relative, ...]

    @property
    def has_adults(self) -> bool:
        """Whether there is anybody to allow something to."""
        return any(not one.is_child for one in self.relatives)


EVERYTHING = Permissions(lets_book=True, lets_pay=True, lets_see=True, shares_credits=True)
NOTHING = Permissions()


def own_households(*, account_id: UUID) -> list[OwnHousehold]:
    """Return one for each business where the person has a card, by name; two queries.

    Of the others it tells their names (an adult's as they write it themselves) and what they allow this person.
    """
    with system_scope("who belongs to a person's household stands on other people's cards"):
        cards = own_cards(account_id=account_id)
        mine = belonging().filter(client__in=[card.pk for card in cards])
        here = Q(household_id__in=mine.values("household_id"))
        rows = belonging().filter(here | Q(guardian__in=[card.pk for card in cards]))
        members = list(
            rows.select_related("client__account", "guardian").order_by("role", "since", "id")
        )
    return [_own(card, members) for card in cards]


def _own(card: Client, every: list[HouseholdMember]) -> OwnHousehold:
    me = next((row for row in every if row.client_id == card.pk), None)
    # A child of a card that was joined to this one may still stand in that card's household.
    members = [
        row
        for row in every
        if me is not None and (row.household_id == me.household_id or row.guardian_id == card.pk)
    ]
    return OwnHousehold(
        card=card,
        is_in=me is not None,
        gives=permissions_of(me) if me else NOTHING,
        relatives=tuple(_relatives(card, members, is_child=me is not None and _is_child(me))),
    )


def _relatives(
    card: Client, members: list[HouseholdMember], *, is_child: bool
) -> Iterable[Relative]:
    for row in members:
        if row.client_id == card.pk:
            continue
        is_mine = _is_child(row) and row.guardian_id == card.pk and row.client.account_id is None
        gives = permissions_of(row)
        yield Relative(
            client_id=row.client_id,
            name=own_name(row.client),
            is_child=_is_child(row),
            is_mine=is_mine,
            lets_me=NOTHING if is_child else EVERYTHING if is_mine else gives,
            gives=gives if is_mine else NOTHING,
        )


def _is_child(row: HouseholdMember) -> bool:
    return row.role == HouseholdRole.CHILD
