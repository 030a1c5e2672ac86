"""Let two cards of one business belong together."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from clientela.people.actions.decide_pair import decide_pair
from clientela.people.actions.hold_cards import hold_cards, hold_joining
from clientela.people.events import HouseholdFormed
from clientela.people.household_links import LASTS
from clientela.people.models import (
    Client,
    Household,
    HouseholdInvitation,
    HouseholdMember,
    HouseholdRole,
    PairVerdict,
)
from clientela.people.queries.households import Permissions, belonging
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

NOTHING: Final = Permissions()


@dataclass(frozen=True, slots=True)
class Formed:
    """What came of it at one business.

    ``household`` was formed now; ``stood``: they belonged together before; ``waits``: another adult must agree first.
    None of the three: one of the two belongs to somebody else there.
    """

    household: Household | None = None
    stood: bool = False
    waits: bool = False


def form_household(
    *, asker: Client, joiner: Client, gives: Permissions, by: Actor, now: datetime
) -> Formed:
    """Put ``joiner`` into the household of ``asker``, both of whom agreed; the caller's transaction.

    Whom the joiner answers for comes along. What the others had allowed is asked anew: it was said of fewer people.
    Nobody else is taken along: that two belong to a third does not make them belong together, so each adult there
    must have asked for the joiner. The pair is written down as a household, so that nobody proposes to merge it.
    """
    with business_scope(asker.business_id):
        hold_joining(business_id=asker.business_id)
        held = hold_cards(cards=(asker.pk, joiner.pk))
        if any(held[one.pk].account_id != one.account_id for one in (asker, joiner)):
            return Formed()
        mine, theirs = _standing(asker), _standing(joiner)
        if mine and theirs and mine.household_id == theirs.household_id:
            return Formed(stood=True)
        if _is_taken(mine, asker) or _is_taken(theirs, joiner) or _has_others(theirs):
            return Formed()
        if mine is not None and _still_to_agree(mine, joiner=joiner, now=now):
            return Formed(waits=True)
        household = _household(mine, asker=asker, now=now)
        _bring(joiner, theirs=theirs, household=household, gives=gives, now=now)
        decide_pair(
            first=asker,
            second=joiner,
            verdict=PairVerdict.HOUSEHOLD,
            because="household-formed",
            by=by,
            now=now,
        )
        tell_formed(household, by=by, now=now)
    return Formed(household=household)


def add_member(
    *,
    household: Household,
    card: Client,
    guardian: Client | None = None,
    gives: Permissions = NOTHING,
    now: datetime,
) -> HouseholdMember:
    """Write that the card belongs to it from now on; with a guardian it is a child."""
    return HouseholdMember.objects.create(
        business_id=household.business_id,
        household=household,
        client=card,
        role=HouseholdRole.CHILD if guardian else HouseholdRole.ADULT,
        guardian=guardian,
        since=now,
        **asdict(gives),
    )


def tell_formed(household: Household, *, by: Actor, now: datetime) -> None:
    """Say who belongs together by now, to whoever listens and in the trail."""
    rows = HouseholdMember.objects.filter(household=household, until__isnull=True)
    ids = tuple(sorted(rows.values_list("client_id", flat=True)))
    outbox.record(
        HouseholdFormed(
            business_id=household.business_id, household_id=household.pk, client_ids=ids
        ),
        now=now,
    )
    audit.note(
        action="household-formed",
        subject=household,
        by=by,
        now=now,
        details={"members": [str(one) for one in ids]},
    )


def _standing(card: Client) -> HouseholdMember | None:
    return belonging().filter(client=card).select_related("household").first()


def _is_taken(member: HouseholdMember | None, card: Client) -> bool:
    """Whether a membership that holds for nothing now keeps the place: one that a merge hides."""
    return member is None and HouseholdMember.objects.filter(client=card, until=None).exists()


def _adults_beside(member: HouseholdMember) -> list[UUID | None]:
    """Return the log-ins of the other adults of the household."""
    others = belonging().filter(household_id=member.household_id, role=HouseholdRole.ADULT)
    return list(others.exclude(pk=member.pk).values_list("client__account_id", flat=True))


def _has_others(member: HouseholdMember | None) -> bool:
    if member is None:
        return False
    return member.role == HouseholdRole.CHILD or bool(_adults_beside(member))


def _still_to_agree(mine: HouseholdMember, *, joiner: Client, now: datetime) -> bool:
    """Whether another adult of the household has not agreed with the joiner lately."""
    if mine.role == HouseholdRole.CHILD:
        return True
    return any(not _agreed(one, joiner.account_id, now=now) for one in _adults_beside(mine))


def _agreed(one: UUID | None, other: UUID | None, *, now: datetime) -> bool:
    either = Q(account_id=one, accepted_by_id=other) | Q(account_id=other, accepted_by_id=one)
    return HouseholdInvitation.objects.filter(either, accepted_at__gt=now - LASTS).exists()


def _household(mine: HouseholdMember | None, *, asker: Client, now: datetime) -> Household:
    """Return the asker's household, made if there is none; nothing that was allowed in it holds any more."""
    if mine is None:
        household = Household.objects.create(business_id=asker.business_id, created_at=now)
        add_member(household=household, card=asker, now=now)
        return household
    HouseholdMember.objects.filter(household_id=mine.household_id, until__isnull=True).update(
        **asdict(NOTHING)
    )
    return mine.household


def _bring(
    joiner: Client,
    *,
    theirs: HouseholdMember | None,
    household: Household,
    gives: Permissions,
    now: datetime,
) -> None:
    """Let the joiner, and the children they answer for, end where they were and begin here."""
    children: list[Client] = []
    if theirs is not None:
        former = HouseholdMember.objects.filter(household_id=theirs.household_id, until=None)
        children = [row.client for row in former.filter(guardian=joiner).select_related("client")]
        former.update(until=now)
    add_member(household=household, card=joiner, gives=gives, now=now)
    for child in children:
        add_member(household=household, card=child, guardian=joiner, now=now)
