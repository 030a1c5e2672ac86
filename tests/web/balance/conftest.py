"""Ana's money at Fisio Retiro: a Sunday morning, a package with one session used and one reserved, and debts."""

from __future__ import annotations

import pytest
from tests import factories
from tests.web.client.conftest import (
    NOW,
    ana,
    booked,
    browser_of,
    card,
    card_of,
    other,
    signed_in,
    sunday_morning,
    with_address,
)

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, PaysOnline, Service
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.models import ProviderAccount, ProviderName
from clientela.ledger.models import Sale
from clientela.people.models import Client as Card
from clientela.platform.tenancy import business_scope

__all__ = [
    "NOW",
    "ana",
    "booked",
    "browser_of",
    "card",
    "card_of",
    "other",
    "signed_in",
    "sunday_morning",
    "with_address",
]


@pytest.fixture
def paid_service(service: Service) -> Service:
    """Physiotherapy for 65 euros, which needs a session."""
    service.price_minor = 6500
    service.needs_credits = True
    service.pays_online = PaysOnline.MAY
    service.save()
    return service


@pytest.fixture
def bono(paid_service: Service) -> Package:
    """Five of them for 300 euros, valid six months."""
    return factories.make_package(
        paid_service, name="Bono de 5", price_minor=30_000, valid_count=6, valid_unit="month"
    )


@pytest.fixture
def online(business: Business) -> ProviderAccount:
    """The business takes money online: at the simulator."""
    return take_online(business)


def take_online(business: Business) -> ProviderAccount:
    """Give a business an account at the simulator."""
    with business_scope(business.pk):
        return connect_provider(
            business=business,
            provider=ProviderName.SIMULATOR,
            by=factories.STAFF,
            now=factories.NOW,
        )


@pytest.fixture
def pending(paid_service: Service, card: Card) -> Appointment:
    """Tuesday at ten, which nothing pays for."""
    return booked(paid_service, card, "2026-11-24 10:00")


@pytest.fixture
def sale(bono: Package, card: Card) -> Sale:
    """A package that was sold to her and is not paid."""
    with business_scope(card.business_id):
        return factories.sell(card, bono, now=NOW)
