"""What a package would do is what its sale does; and who is shown which."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW, at

from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import wanted_for
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service, SoldOnline
from clientela.checkout.offer import Offer
from clientela.checkout.queries.package_ways import package_ways
from clientela.checkout.queries.preview_sale import preview_sale
from clientela.people.models import Client

TODAY = NOW.date()


@pytest.fixture
def package(service: Service) -> Package:
    """Two sessions of a service that needs them, for thirty days."""
    service.needs_credits = True
    service.save()
    return factories.make_package(service, credits=2, valid_count=30, valid_unit="day")


def waiting(service: Service, client: Client, *times: str) -> list[Appointment]:
    """Appointments that wait for a credit."""
    return [
        factories.book(service, at(time), client=client, by=factories.STAFF).appointment
        for time in times
    ]


def test_the_way_says_what_the_sales_own_preview_says(
    business: Business, package: Package, service: Service, client_card: Client
) -> None:
    *_, last = waiting(
        service, client_card, "2026-11-24 10:00", "2026-11-25 10:00", "2026-11-26 10:00"
    )
    for first in (None, last):
        (way,) = package_ways(
            business=business,
            client=client_card,
            today=TODAY,
            service=service,
            first=wanted_for(first) if first else None,
        )
        preview = preview_sale(
            client=client_card, offer=Offer.of_package(package), applies_on=TODAY, first=first
        )
        assert [one.starts_at for one in way.pays_for] == [
            line.appointment.starts_at for line in preview.redeems
        ]
        assert (way.left, way.valid_until) == (preview.left, preview.valid_until)
        assert way.left == 0


def test_what_would_not_pay_for_it_is_left_out(
    business: Business, package: Package, service: Service, client_card: Client
) -> None:
    other = factories.make_service(business, "Masaje")
    elsewhere = factories.make_package(other, name="Masajes")
    (visit,) = waiting(service, client_card, "2026-11-24 10:00")
    ways = package_ways(business=business, client=client_card, today=TODAY, first=wanted_for(visit))
    assert [way.package for way in ways] == [package]
    assert elsewhere not in [way.package for way in ways]


@pytest.mark.parametrize(
    ("sold_online", "count"),
    [(SoldOnline.NOBODY, 0), (SoldOnline.CLIENTS, 0), (SoldOnline.ANYONE, 1)],
)
def test_who_is_no_client_yet_is_shown_what_anyone_may_buy(
    business: Business, package: Package, sold_online: SoldOnline, count: int
) -> None:
    package.sold_online = sold_online
    package.save()
    ways = package_ways(business=business, client=None, today=TODAY)
    assert len(ways) == count
    assert all(way.pays_for == () and way.left == 2 for way in ways)
