"""A counter to sell at: a service that needs credits, a package of five of it, and a client who waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.factories import NOW, STAFF, at, book

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.actions.add_package import add_package
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.sell import sell
from clientela.checkout.offer import Offer
from clientela.ledger.models import Sale
from clientela.people.models import Client

PAST = "2026-11-12 17:00"
COMING = "2026-11-26 17:00"


@pytest.fixture
def physio(service: Service) -> Service:
    """Physiotherapy that needs a credit, at 65 euros."""
    Service.objects.filter(pk=service.pk).update(needs_credits=True, price_minor=6500)
    service.refresh_from_db()
    return service


@pytest.fixture
def five(business: Business, physio: Service) -> Package:
    """Five sessions for 300 euros, valid six months."""
    return add_package(
        business=business,
        name="Bono de 5 sesiones",
        services=[physio],
        credits=5,
        price_minor=30_000,
        tax_basis_points=2_100,
        valid_count=6,
        valid_unit="month",
        by=STAFF,
        now=NOW,
    )


@pytest.fixture
def pending(client_card: Client, physio: Service) -> list[Appointment]:
    """Ana came eleven days ago and comes again on Thursday; nothing covers either."""
    past = book(physio, at(PAST), client=client_card, now=at("2026-11-10 10:00"), by=STAFF)
    coming = book(physio, at(COMING), client=client_card, by=STAFF)
    return [past.appointment, coming.appointment]


@pytest.fixture
def sold(business: Business, client_card: Client, five: Package) -> Callable[..., Sale]:
    """Give a function that sells the five to Ana by the shipped action."""

    def sell_five(*, applies_on: date | None = None, **more: Any) -> Sale:
        return sell(
            business=business,
            client=more.pop("client", client_card),
            offer=Offer.of_package(five),
            applies_on=applies_on,
            door="desk",
            by=STAFF,
            now=NOW,
            **more,
        )

    return sell_five
