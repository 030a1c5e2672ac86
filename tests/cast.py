"""The cast: one business with its people, named by role, and the outsider from the business next door.

Ask for a fixture by its role. The scope is the business's (``scope`` is opened by every fixture of the
cast); whoever must be tried as the outsider enters ``business_scope(next_door.pk)`` in the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from clientela.accounts.models import Account
from clientela.booking.guest import Guest
from clientela.business.models import Business, Location, Membership, Professional, Role
from clientela.catalogue.models import Package, Service
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope
from tests import factories


@dataclass(frozen=True)
class Person:
    """A member of staff: the log-in, the membership, and the actor of what they do."""

    account: Account
    membership: Membership

    @property
    def actor(self) -> Actor:
        """The actor the gate would give them."""
        return Actor.staff(self.account.pk, self.membership.role)


@pytest.fixture
def business(db: None) -> Business:
    """Fisio Retiro, Madrid: Spanish, open, with default policies."""
    return factories.make_business()


@pytest.fixture
def scope(business: Business) -> Iterator[None]:
    """The business's scope, for the length of the test."""
    with business_scope(business.pk):
        yield


@pytest.fixture
def location(business: Business, scope: None) -> Location:
    """Its only location."""
    return Location.objects.get(business=business)


@pytest.fixture
def owner(business: Business, scope: None) -> Person:
    """Who owns it."""
    return _member(business, "owner@example.com", "Olga Dueña", Role.OWNER)


@pytest.fixture
def desk(business: Business, scope: None) -> Person:
    """Who answers the telephone."""
    return _member(business, "desk@example.com", "Marta Recepción", Role.FRONT_DESK)


@pytest.fixture
def professional(business: Business, scope: None) -> Professional:
    """Irene, who works office hours."""
    return factories.make_professional(business, "Irene")


@pytest.fixture
def colleague(business: Business, professional: Professional) -> Professional:
    """Tomás, who works the same hours, and comes after Irene in the list."""
    return factories.make_professional(business, "Tomás")


@pytest.fixture
def professional_member(business: Business, professional: Professional) -> Person:
    """Irene's own log-in."""
    account = factories.make_account("irene@example.com", "Irene")
    membership = factories.make_member(
        business, account, Role.PROFESSIONAL, professional=professional
    )
    return Person(account, membership)


@pytest.fixture
def service(business: Business, professional: Professional) -> Service:
    """Physiotherapy, 30 minutes, by Irene only."""
    return factories.make_service(business, professionals=(professional,))


@pytest.fixture
def shared_service(
    business: Business, professional: Professional, colleague: Professional
) -> Service:
    """Massage, 30 minutes, by Irene or Tomás."""
    return factories.make_service(business, "Masaje", professionals=(professional, colleague))


@pytest.fixture
def credit_service(business: Business, professional: Professional) -> Service:
    """Training, 30 minutes, by Irene only, 45.00; it needs credits."""
    return factories.make_service(
        business,
        "Entrenamiento",
        professionals=(professional,),
        price_minor=4500,
        needs_credits=True,
    )


@pytest.fixture
def package(credit_service: Service) -> Package:
    """Five trainings for 200.00, valid for ever."""
    return factories.make_package(credit_service)


@pytest.fixture
def client_card(business: Business, scope: None) -> Client:
    """Ana, a client with a card and no account."""
    return factories.make_client(business)


@pytest.fixture
def guest() -> Guest:
    """Luz, who has never been here."""
    return factories.make_guest()


@pytest.fixture
def next_door(db: None) -> Business:
    """Another business of the installation, with a location, a professional, a service and a client."""
    business = factories.make_business("salon-next-door", name="Salon Next Door")
    with business_scope(business.pk):
        person = factories.make_professional(business, "Nora")
        factories.make_service(business, "Haircut", professionals=(person,))
        factories.make_client(business, "Secret Canary", "canary@example.org")
    return business


@pytest.fixture
def outsider(next_door: Business) -> Person:
    """The owner of the business next door, who must never see anything of ours."""
    with business_scope(next_door.pk):
        return _member(next_door, "outsider@example.org", "Otto Outsider", Role.OWNER)


def _member(business: Business, email: str, name: str, role: Role) -> Person:
    account = factories.make_account(email, name)
    return Person(account, factories.make_member(business, account, role))
