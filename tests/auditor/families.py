"""The part of the audited world that belongs together: a couple with a child, the second of whom booked alone."""

from __future__ import annotations

from tests import factories
from tests.factories import STAFF, at
from tests.people.families import agree
from tests.people.persons import person

from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.add_child import add_child
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.models import Client, HouseholdMember
from clientela.platform.actor import Actor

SATURDAY = at("2027-11-20 09:00")


def fill(business: Business, service: Service) -> None:
    """Both book by themselves, then agree that they belong together."""
    mara, nico = person("mara@example.com", "Mara"), person("nico@example.com", "Nico")
    cards = [
        card_for_account(business=business, account=one, by=Actor.client(one.pk), now=SATURDAY)
        for one in (mara, nico)
    ]
    for card, hour in zip(cards, ("14:00", "15:00"), strict=True):
        factories.book(service, at(f"2027-11-25 {hour}"), client=card, by=STAFF, now=SATURDAY)
    agree(mara, nico, now=SATURDAY, lets_see=True)
    _lend(business, service, *cards)
    add_child(account=mara, card=cards[0], name="Leo", by=Actor.client(mara.pk), now=SATURDAY)


def _lend(business: Business, service: Service, lender: Client, borrower: Client) -> None:
    """Let the first use up a credit for the second."""
    HouseholdMember.objects.filter(client=lender).update(shares_credits=True)
    booked = factories.book(
        service, at("2027-11-25 16:00"), client=borrower, by=STAFF, now=SATURDAY
    ).appointment
    Appointment.objects.filter(pk=booked.pk).update(redemption="pending")
    factories.sell(lender, service, now=SATURDAY)
    lend_credit(appointment=booked, lender=lender, account=None, by=STAFF, now=SATURDAY)


_MEMBER = "UPDATE people_householdmember SET"
FAMILY_FAULTS: list[tuple[str, str, list[str]]] = [
    (
        "households",
        "is of two businesses",
        [
            "UPDATE people_household SET business_id = (SELECT id FROM business_business ORDER BY id DESC LIMIT 1)"
        ],
    ),
    ("households", "no adult of its household", [f"{_MEMBER} until = since WHERE role = 'adult'"]),
    ("households", "before it began", [f"{_MEMBER} until = '2000-01-01'"]),
    ("households", "the person was forgotten", ["UPDATE people_client SET erased_at = created_at"]),
    ("markers", "never belonged to its client", ["DELETE FROM people_householdmember"]),
    ("INV-4", "never in a household with its client", ["DELETE FROM people_householdmember"]),
    ("INV-4", "by a grant of another client", ["UPDATE ledger_redemption SET lent = false"]),
]
