"""Put a child without a mailbox into one's household."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.accounts.errors import AccountGone, BirthdayInvalid
from clientela.accounts.models import Account
from clientela.accounts.own import check_own
from clientela.people.actions.form_household import add_member, tell_formed
from clientela.people.actions.hold_cards import hold_cards, hold_joining
from clientela.people.actions.register_client import checked_name, insert_card
from clientela.people.errors import InAnotherHousehold, NotInHousehold, TooManyChildren
from clientela.people.models import Client, Household, HouseholdMember, HouseholdRole, NotifyBy
from clientela.people.queries.households import belonging
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope
from clientela.rules.clock_time import local_date

MOST: Final = 12
MOST_IN_A_DAY: Final = 5
UNTIL_AGE: Final = 18


def add_child(
    *,
    account: Account,
    card: Client,
    name: str,
    birthday: date | None = None,
    by: Actor,
    now: datetime,
) -> Client:
    """Make a card for a child at the business of ``card``, the person's own, who answers for the child from now on.

    The child needs no mailbox: whoever answers for it books, sees and pays for it. What the household's other adults
    may do is that person's to say, and nothing by itself. A household of two is made if there is none. Refuses
    ``NameMissing``, ``BirthdayInvalid`` (an adult speaks for themselves), ``TooManyChildren``, ``NotInHousehold`` for
    a card that is not the person's, ``InAnotherHousehold``, ``AccountGone`` and ``NotYours``.
    """
    check_own(account=account, by=by)
    if account.expires_at is not None or not account.is_active:
        raise AccountGone
    said = checked_name(name)
    with business_scope(card.business_id), transaction.atomic():
        hold_joining(business_id=card.business_id)
        own = hold_cards(cards=[card.pk]).get(card.pk)
        if own is None or own.account_id != account.pk:
            raise NotInHousehold
        _check_birthday(birthday, card=own, now=now)
        _check_room(own, now=now)
        household = _household(own, now=now)
        child = insert_card(
            business=own.business,
            contacts=[],
            by=by,
            now=now,
            record_name=said,
            birthday=birthday,
            language=own.language,
            zone=own.zone,
            notify_by=NotifyBy.NONE,
        )
        add_member(household=household, card=child, guardian=own, now=now)
        tell_formed(household, by=by, now=now)
        audit.note(
            action="child-added",
            subject=own,
            by=by,
            now=now,
            details={"child": str(child.pk)},
        )
    return child


def _check_birthday(birthday: date | None, *, card: Client, now: datetime) -> None:
    if birthday is None:
        return
    today = local_date(now, card.zone or "UTC")
    comes_of_age = birthday.year + UNTIL_AGE, birthday.month, birthday.day
    if birthday > today or comes_of_age <= (today.year, today.month, today.day):
        raise BirthdayInvalid(field="birthday")


def _check_room(own: Client, *, now: datetime) -> None:
    mine = HouseholdMember.objects.filter(guardian=own)
    lately = mine.filter(since__gt=now - timedelta(days=1)).count()
    if lately >= MOST_IN_A_DAY or mine.filter(until__isnull=True).count() >= MOST:
        raise TooManyChildren(limit=MOST)


def _household(own: Client, *, now: datetime) -> Household:
    row = belonging().filter(client=own).select_related("household").first()
    if row is not None and row.role == HouseholdRole.ADULT:
        return row.household
    if row is not None or HouseholdMember.objects.filter(client=own, until=None).exists():
        raise InAnotherHousehold
    household = Household.objects.create(business_id=own.business_id, created_at=now)
    add_member(household=household, card=own, now=now)
    return household
