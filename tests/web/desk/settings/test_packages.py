"""Packages: what is typed is what is kept, what it means is said before, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.ledger.shop import sell
from tests.web.checksum import checksum
from tests.web.desk.settings.conftest import SETTINGS

from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.people.models import Client as Card
from clientela.platform.tenancy import business_scope

PAGE = f"{SETTINGS}packages/"


def typed(*services: Service, **more: str) -> dict[str, object]:
    return {
        "name": "Bono 10",
        "description": "Ahorra",
        "credits": "10",
        "services": [str(one.pk) for one in services],
        "price_minor": "450,50",
        "tax_basis_points": "21",
        "valid_count": "6",
        "valid_unit": "month",
        "sold_online": "clients",
        **more,
    }


def test_a_package_is_added_and_changed_as_it_was_typed(
    as_owner: Client, service: Service, shared_service: Service
) -> None:
    assert as_owner.post(f"{PAGE}new/", typed(service, shared_service))["location"] == PAGE
    one = Package.objects.get()
    assert (one.price_minor, one.credits, one.tax_basis_points) == (45050, 10, 2100)
    assert (one.valid_count, one.valid_unit, one.sold_online) == (6, "month", "clients")
    assert {row.service for row in one.covers.all()} == {service, shared_service}
    page = as_owner.get(f"{PAGE}{one.pk}/").text
    assert 'value="450.50"' in page
    assert 'value="21"' in page
    changed = typed(service, valid_count="", tax_basis_points="", sold_online="anyone")
    as_owner.post(f"{PAGE}{one.pk}/", changed)
    one.refresh_from_db()
    assert (one.valid_count, one.tax_basis_points, one.sold_online) == (None, 0, "anyone")
    assert [row.service for row in one.covers.all()] == [service]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("credits", "0"),
        ("credits", "1001"),
        ("credits", "1e2"),
        ("price_minor", ""),
        ("price_minor", "-1"),
        ("price_minor", "0.001"),
        ("price_minor", "1e5"),
        ("price_minor", "1e308"),
        ("price_minor", "NaN"),
        ("price_minor", "٤٥"),
        ("price_minor", "1.234,50"),
        ("price_minor", "99999999999"),
        ("tax_basis_points", "101"),
        ("tax_basis_points", "-1"),
        ("tax_basis_points", "21.001"),
        ("tax_basis_points", "NaN"),
        ("valid_count", "0"),
        ("valid_count", "x"),
        ("valid_unit", "year"),
        ("sold_online", "me"),
        ("services", ""),
    ],
)
def test_a_bad_package_is_explained_beside_its_field_and_nothing_is_lost(
    as_owner: Client, service: Service, field: str, value: str
) -> None:
    given = typed(service) | {field: value}
    if field == "services":
        del given["services"]
    answer = as_owner.post(f"{PAGE}new/", given)
    assert answer.status_code == 422
    assert f"#{'' if field in {'services', 'sold_online'} else 'id_'}{field}" in answer.text
    assert 'value="Ahorra"' in answer.text
    if field != "price_minor":
        assert 'value="450,50"' in answer.text
    assert not Package.objects.exists()


def test_a_service_of_next_door_cannot_be_covered(
    as_owner: Client, service: Service, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        foreign = Service.objects.get()
    answer = as_owner.post(f"{PAGE}new/", typed(service, foreign))
    assert answer.status_code == 422
    assert not Package.objects.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"credits": "8", "price_minor": "400", "valid_count": "6", "valid_unit": "month"},
            "Sunday 23 May 2027",
        ),
        (
            {"credits": "8", "price_minor": "400", "valid_count": "30", "valid_unit": "day"},
            "Wednesday 23 December 2026",
        ),
        (
            {"credits": "8", "price_minor": "400", "valid_count": "", "valid_unit": "day"},
            "It counts for ever.",
        ),
        (
            {"credits": "8", "price_minor": "400", "valid_count": "x", "valid_unit": "day"},
            "Write for how many",
        ),
        ({"credits": "x", "price_minor": "400"}, "read here what one of them costs"),
    ],
)
def test_what_it_means_is_said_before_it_is_kept(
    as_owner: Client, service: Service, asked: dict[str, str], said: str
) -> None:
    before = checksum()
    page = as_owner.get(f"{PAGE}new/", asked)
    assert page.status_code == 200
    assert said in page.text
    assert ("€50.00" in page.text) == (asked["credits"] == "8")
    assert 'id="errors"' not in page.text
    assert checksum() == before


def test_a_price_that_does_not_divide_is_told_as_nearly(as_owner: Client, service: Service) -> None:
    page = as_owner.get(f"{PAGE}new/", {"credits": "3", "price_minor": "100"}).text
    assert "≈" in page
    assert "€33.33" in page


def test_archiving_says_what_stays_and_can_be_taken_back(
    as_owner: Client, service: Service, client_card: Card
) -> None:
    as_owner.post(f"{PAGE}new/", typed(service))
    one = Package.objects.get()
    sell(client_card, one)
    page = f"{PAGE}{one.pk}/archive/"
    assert "1 that was sold stays good until its last day." in as_owner.get(page).text
    as_owner.post(page)
    one.refresh_from_db()
    assert not one.is_active
    assert "Sell again" in as_owner.get(PAGE).text
    as_owner.post(page, {"again": "1"})
    one.refresh_from_db()
    assert one.is_active


def test_a_package_of_next_door_can_neither_be_seen_nor_changed(
    as_owner: Client, next_door: Business, scope: None
) -> None:
    with business_scope(next_door.pk):
        foreign = Package.objects.create(business=next_door, name="X", credits=1, price_minor=1)
    for page in ("", "archive/"):
        assert as_owner.get(f"{PAGE}{foreign.pk}/{page}").status_code == 404
        assert as_owner.post(f"{PAGE}{foreign.pk}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "1e5"),
        ("price", "٤٥"),
        ("price", "NaN"),
        ("deposit_minor", ""),
        ("deposit_minor", "61"),
        ("deposit_minor", "1e308"),
        ("no_show_fee_minor", "-1"),
        ("tax_basis_points", "200"),
        ("single_valid_days", "0"),
        ("pays_online", "gold"),
    ],
)
def test_what_a_service_costs_is_checked_beside_its_field(
    as_owner: Client, service: Service, field: str, value: str
) -> None:
    answer = as_owner.post(f"{SETTINGS}services/{service.pk}/", service_money() | {field: value})
    assert answer.status_code == 422
    assert field in answer.text.split('id="errors"')[1][:2000]
    service.refresh_from_db()
    assert service.price_minor == 0


def test_a_service_says_how_it_is_paid(as_owner: Client, service: Service) -> None:
    page = f"{SETTINGS}services/{service.pk}/"
    assert as_owner.post(page, service_money()).status_code == 302
    service.refresh_from_db()
    assert (service.price_minor, service.tax_basis_points, service.needs_credits) == (
        6000,
        1000,
        True,
    )
    assert (service.pays_online, service.deposit_minor, service.no_show_fee_minor) == (
        "deposit",
        1550,
        2000,
    )
    assert (service.single_valid_days, service.cancel_free_minutes) == (30, 2880)
    shown = as_owner.get(page).text
    for value in ("60.00", "15.50", "20.00", "30", "48"):
        assert f'value="{value}"' in shown
    free = service_money() | {"price": "", "pays_online": "full"}
    assert "there is nothing to pay online" in as_owner.post(page, free).text


def service_money() -> dict[str, object]:
    return {
        "name": "Masaje",
        "price": "60",
        "tax_basis_points": "10",
        "needs_credits": "on",
        "single_valid_days": "30",
        "pays_online": "deposit",
        "deposit_minor": "15,50",
        "no_show_fee_minor": "20",
        "duration_minutes": "60",
        "buffer_before_minutes": "0",
        "buffer_after_minutes": "0",
        "grid_minutes": "30",
        "lead_minutes": "1",
        "horizon_days": "60",
        "capacity": "1",
        "cancel_free_minutes": "48",
    }
