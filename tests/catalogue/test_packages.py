"""Packages: added, changed, archived, sold at the desk and online."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import NOW, STAFF

from clientela.business.models import Business, Professional
from clientela.catalogue.actions.add_package import add_package
from clientela.catalogue.actions.archive_package import archive_package
from clientela.catalogue.actions.check_package import checked_package, set_covered
from clientela.catalogue.actions.check_service import (
    checked_fields,
    refuse_deposit_beyond_price,
)
from clientela.catalogue.actions.check_value import kept_value
from clientela.catalogue.actions.update_package import update_package
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.errors import NameMissing, PackageOfNothing, ValueRefused
from clientela.catalogue.models import Package, PaysOnline, Service, SoldOnline
from clientela.catalogue.queries.sold_packages import (
    covered,
    may_buy_alone,
    packages_online,
    sold_packages,
)
from clientela.platform.audit import history
from clientela.platform.tenancy import business_scope

PARTS = (set_covered, kept_value)
NOT_AMOUNTS: tuple[Any, ...] = (
    -1,
    0.001,
    1e308,
    float("nan"),
    float("inf"),
    "1e5",
    "٣",
    "12",
    10**30,
    True,
)
"""What nobody may pay or be paid (CVE-2026-2519), as it may come through a door."""


def pack(business: Business, *services: Service, **fields: Any) -> Package:
    """Make a package of five for 200 €."""
    given = {"name": "Bono 5", "credits": 5, "price_minor": 20_000, **fields}
    return add_package(business=business, services=services, by=STAFF, now=NOW, **given)


def test_a_package_is_added_with_what_it_covers(
    business: Business, service: Service, shared_service: Service
) -> None:
    package = pack(
        business, shared_service, service, tax_basis_points=2100, valid_count=6, valid_unit="month"
    )
    package.refresh_from_db()
    assert (package.credits, package.price_minor, package.tax_basis_points) == (5, 20_000, 2100)
    assert (package.valid_count, package.valid_unit, package.sold_online) == (6, "month", "clients")
    assert covered(package) == [service, shared_service]
    assert [line.action for line in history(subject=package)] == ["package-added"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": "\u200b"}, NameMissing),
        ({"credits": 0}, ValueRefused),
        ({"credits": 1001}, ValueRefused),
        ({"valid_count": 0}, ValueRefused),
        ({"valid_count": 9999}, ValueRefused),
        ({"valid_unit": "year"}, ValueRefused),
        ({"sold_online": "everybody"}, ValueRefused),
        ({"sold_online": ""}, ValueRefused),
        ({"tax_basis_points": 10_001}, ValueRefused),
    ],
)
def test_values_a_package_cannot_have_are_refused_with_their_field(
    fields: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        checked_package(fields)
    assert refused.value.field == next(iter(fields))


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("value", NOT_AMOUNTS, ids=repr)
@pytest.mark.parametrize("field", ["price_minor", "credits", "tax_basis_points", "valid_count"])
def test_a_package_takes_no_odd_amount(field: str, value: object) -> None:
    with pytest.raises(ValueRefused):
        checked_package({field: value})


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("value", NOT_AMOUNTS, ids=repr)
@pytest.mark.parametrize("field", ["price_minor", "deposit_minor", "no_show_fee_minor"])
def test_a_service_takes_no_odd_amount(field: str, value: object) -> None:
    with pytest.raises(ValueRefused):
        checked_fields({field: value})


def test_a_package_of_nothing_or_of_the_neighbours_is_refused(
    business: Business, service: Service, next_door: Business
) -> None:
    with pytest.raises(PackageOfNothing):
        pack(business)
    with business_scope(next_door.pk):
        theirs = Service.objects.get()
    with pytest.raises(ValueRefused):
        pack(business, service, theirs)
    assert Package.objects.count() == 0


def test_changes_replace_and_keep_what_is_not_named(
    business: Business, service: Service, shared_service: Service
) -> None:
    package = pack(business, service)
    update_package(package=package, services=[shared_service], name="Bono", by=STAFF, now=NOW)
    package = Package.objects.get()
    assert (package.name, package.credits, covered(package)) == ("Bono", 5, [shared_service])
    with pytest.raises(PackageOfNothing):
        update_package(package=package, services=[], by=STAFF, now=NOW)
    with pytest.raises(TypeError):
        update_package(package=package, business_id=None, by=STAFF, now=NOW)


def test_who_may_buy_alone_follows_the_package(business: Business, service: Service) -> None:
    desk_only = pack(business, service, sold_online=SoldOnline.NOBODY)
    clients = pack(business, service)
    anyone = pack(business, service, sold_online=SoldOnline.ANYONE)
    gone = archive_package(package=pack(business, service), by=STAFF, now=NOW)
    assert sold_packages(business=business) == [desk_only, clients, anyone]
    assert packages_online(business=business, is_client=True) == [clients, anyone]
    assert packages_online(business=business, is_client=False) == [anyone]
    for package in (desk_only, clients, anyone, gone):
        for is_client in (True, False):
            online = packages_online(business=business, is_client=is_client)
            assert may_buy_alone(package=package, is_client=is_client) == (package in online)
    update_package(package=gone, is_active=True, by=STAFF, now=NOW)
    assert gone in sold_packages(business=business)


def test_packages_are_read_in_two_queries_however_many(
    business: Business, service: Service, shared_service: Service
) -> None:
    for _ in range(3):
        pack(business, service, shared_service)
    pack(business, shared_service)
    with CaptureQueriesContext(connection) as asked:
        found = sold_packages(business=business, service=service)
        assert [covered(package) for package in found] == [[service, shared_service]] * 3
    assert len(asked) == 2


def test_the_neighbours_packages_are_not_seen(
    business: Business, service: Service, next_door: Business
) -> None:
    pack(business, service)
    with business_scope(next_door.pk):
        assert sold_packages(business=business) == []


def test_a_deposit_fits_its_price(
    business: Business, professional: Professional, service: Service
) -> None:
    asked = {"pays_online": PaysOnline.DEPOSIT.value}
    for deposit in (0, 6501):
        with pytest.raises(ValueRefused) as refused:
            factories.make_service(business, price_minor=6500, deposit_minor=deposit, **asked)
        assert refused.value.field == "deposit_minor"
    made = factories.make_service(business, price_minor=6500, deposit_minor=2000, **asked)
    with pytest.raises(ValueRefused):
        update_service(service=made, price_minor=1999, by=STAFF, now=NOW)
    refuse_deposit_beyond_price(pays_online="full", deposit_minor=0, price_minor=0)
