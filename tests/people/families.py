"""Couples and families, for the tests of households."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.factories import NOW

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.people.actions.answer_household import Accepted, accept_household
from clientela.people.actions.ask_household import ask_household
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.household_links import token_of
from clientela.people.models import Client, Household, HouseholdMember, HouseholdRole
from clientela.people.queries.households import Permissions
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope


def card_of(business: Business, account: Account) -> Client:
    """Return the person's card there, made if there is none."""
    by = Actor.client(account.pk)
    return card_for_account(business=business, account=account, by=by, now=NOW)


def household_with(business: Business, *cards: Client, **gives: Any) -> Household:
    """Write a household of adults who allow the same, as if each had agreed."""
    with business_scope(business.pk):
        household = Household.objects.create(business=business, created_at=NOW)
        for card in cards:
            HouseholdMember.objects.create(
                business=business,
                household=household,
                client=card,
                role=HouseholdRole.ADULT,
                since=NOW,
                **gives,
            )
    return household


def put_child(household: Household, child: Client, guardian: Client, **gives: Any) -> None:
    """Put a child there, as if its guardian had."""
    with business_scope(household.business_id):
        HouseholdMember.objects.create(
            business_id=household.business_id,
            household=household,
            client=child,
            guardian=guardian,
            role=HouseholdRole.CHILD,
            since=NOW,
            **gives,
        )


def agree(asker: Account, other: Account, *, now: datetime = NOW, **gives: bool) -> Accepted:
    """Let one ask and the other agree, as the two pages do."""
    asked = ask_household(account=asker, email=other.email, by=Actor.client(asker.pk), now=now)
    return accept_household(
        account=other,
        token=token_of(asked),
        gives=Permissions(**gives),
        by=Actor.client(other.pk),
        now=now,
    )
