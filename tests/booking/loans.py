"""What the tests of lent credits share: a household of two adults and a child, and who presses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests import factories
from tests.booking.credits import comes
from tests.factories import NOW, STAFF, at
from tests.people.families import card_of, household_with, put_child
from tests.people.persons import person

from clientela.accounts.models import Account
from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.actions.return_lent_credit import return_lent_credit
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client, Household, HouseholdMember
from clientela.platform.actor import Actor

TUESDAY_TEN = at("2026-11-24 10:00")
WEDNESDAY_TEN = at("2026-11-25 10:00")
THURSDAY_TEN = at("2026-11-26 10:00")


@dataclass
class Family:
    """Ana lends; Bea has nothing of her own; Nil is Bea's child, who has no log-in."""

    household: Household
    ana: Client
    bea: Client
    nil: Client


def family_of(business: Business) -> Family:
    """Make them; Ana lets the others use her credits, and nobody else allows anything."""
    ana = card_of(business, person("ana@example.com", "Ana Prueba"))
    bea = card_of(business, person("bea@example.com", "Bea Prueba"))
    nil = factories.make_client(business, "Nil Prueba", "")
    household = household_with(business, ana, bea)
    put_child(household, nil, bea)
    let(ana, shares_credits=True)
    return Family(household, ana, bea, nil)


def let(card: Client, **gives: Any) -> None:
    """Change what the card's membership says."""
    HouseholdMember.objects.filter(client=card, until=None).update(**gives)


def pending(service: Service, card: Client, at_: Any = TUESDAY_TEN) -> Appointment:
    """Book what waits for a credit."""
    row = comes(service, at_, card)
    assert row.redemption == "pending"
    return row


def asks(row: Appointment, lender: Client, by: Account | None, **changes: Any) -> Appointment:
    """Let a person use the lender's credit for it; nobody is the desk."""
    given: dict[str, Any] = {"account": by, "by": Actor.client(by.pk) if by else STAFF, "now": NOW}
    return lend_credit(appointment=row, lender=lender, **{**given, **changes})


def gives_back(row: Appointment, by: Account | None, **changes: Any) -> Appointment:
    """Let a person give the lent credit back; nobody is the desk."""
    given: dict[str, Any] = {"account": by, "by": Actor.client(by.pk) if by else STAFF, "now": NOW}
    return return_lent_credit(appointment=row, **{**given, **changes})


def who(card: Client) -> Account:
    """The log-in of a card that has one."""
    assert card.account is not None
    return card.account
