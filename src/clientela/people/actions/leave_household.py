"""Leave a household, silently."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from clientela.accounts.models import Account
from clientela.accounts.own import check_own
from clientela.people.actions.form_household import add_member
from clientela.people.actions.hold_cards import hold_cards, hold_joining
from clientela.people.errors import NotInHousehold
from clientela.people.events import HouseholdLeft
from clientela.people.models import Client, Household, HouseholdMember
from clientela.people.queries.households import spoken_for
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.tenancy import business_scope


def leave_household(*, account: Account, card: Client, by: Actor, now: datetime) -> None:
    """End that the card belongs to its household, at once: nobody may do anything by it from here on.

    ``card`` is the person's own, or that of a child they answer for. Nobody else is asked or told. Everything stays
    whose it is; appointments that were marked by the household stay marked. Whoever leaves takes along the children
    they answer for, into a household of their own; who would be left alone in the former is in none. Refuses
    ``NotInHousehold`` and ``NotYours``.
    """
    check_own(account=account, by=by)
    with business_scope(card.business_id), transaction.atomic():
        hold_joining(business_id=card.business_id)
        hold_cards(cards=[card.pk])
        row = spoken_for(account_id=account.pk, client_id=card.pk)
        if row is None:
            raise NotInHousehold
        end_membership(row, by=by, now=now)
        failpoint("people.leave-household.before-commit")


def end_membership(row: HouseholdMember, *, by: Actor, now: datetime) -> None:
    """End one membership and what hangs on it; the caller's transaction, which holds the card."""
    standing = HouseholdMember.objects.filter(until__isnull=True)
    here = standing.filter(household_id=row.household_id)
    children = list(standing.filter(guardian_id=row.client_id).select_related("client"))
    # The waiting memberships of cards that this one took up end with it, wherever they are.
    waiting = Q(client__merged_into_id=row.client_id) | Q(guardian_id=row.client_id)
    ended = HouseholdMember.objects.filter(Q(pk=row.pk) | waiting, until__isnull=True)
    HouseholdMember.objects.filter(pk__in=list(ended.values_list("pk", flat=True))).update(
        until=now
    )
    if here.count() == 1:
        here.update(until=now)
    if children:
        _take_along(row, children, now=now)
    outbox.record(
        HouseholdLeft(
            business_id=row.business_id, household_id=row.household_id, client_id=row.client_id
        ),
        now=now,
    )
    audit.note(action="household-left", subject=row.client, by=by, now=now)


def forget_membership(*, card: Client, now: datetime) -> None:
    """End every membership of a card whose person leaves for good, and of the children they answered for.

    The children's cards stay, as cards of the business. In the caller's transaction and the business's scope.
    """
    mine = Q(client=card) | Q(guardian=card)
    ending = list(HouseholdMember.objects.filter(mine, until__isnull=True))
    HouseholdMember.objects.filter(pk__in=[one.pk for one in ending]).update(until=now)
    for household_id in sorted({one.household_id for one in ending}):
        here = HouseholdMember.objects.filter(household_id=household_id, until__isnull=True)
        if here.count() == 1:
            here.update(until=now)


def _take_along(row: HouseholdMember, children: list[HouseholdMember], *, now: datetime) -> None:
    own = Household.objects.create(business_id=row.business_id, created_at=now)
    add_member(household=own, card=row.client, now=now)
    for child in children:
        add_member(household=own, card=child.client, guardian=row.client, now=now)
