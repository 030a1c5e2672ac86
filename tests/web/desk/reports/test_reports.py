"""The reports of the desk: who may open them, what they are asked, and the file beside each."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.cast import Person
from tests.factories import NOW
from tests.ledger.shop import TODAY, make_package, pay, refund, sell
from tests.web.checksum import checksum

from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.ledger.models import Method
from clientela.people.models import Client
from clientela.policy.desk_reports import ROUTES
from clientela.policy.rule import Audience

PAGE = "/desk/fisio-retiro/reports/"
REPORTS = ("takings", "outstanding", "unredeemed", "credits")


def seated(person: Person, language: str = "en") -> Browser:
    browser = Browser(headers={"accept-language": language})
    browser.force_login(person.account)
    return browser


@pytest.fixture
def as_owner(owner: Person) -> Browser:
    return seated(owner)


@pytest.fixture
def package(business: Business, service: Service) -> Package:
    return make_package(business, service)


def table(browser: Browser, name: str, query: str = "") -> list[list[str]]:
    answer = browser.get(f"{PAGE}{name}.csv{query}")
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_report_is_for_its_audience_and_nobody_else(
    name: str, owner: Person, desk: Person, professional_member: Person, outsider: Person
) -> None:
    url = reverse(name, args=["fisio-retiro"])
    for person, role in (
        (owner, Audience.OWNER),
        (desk, Audience.FRONT_DESK),
        (professional_member, Audience.PROFESSIONAL),
    ):
        answer = seated(person).get(url)
        assert (answer.status_code == 200) == (role in ROUTES[name].audience), role
        assert answer.status_code in {200, 404}
    assert seated(outsider).get(url).status_code == 404
    assert Browser().get(url).status_code == 302
    assert seated(owner).post(url).status_code == 405


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_looking_changes_nothing(name: str, as_owner: Browser) -> None:
    before = checksum()
    answer = as_owner.get(reverse(name, args=["fisio-retiro"]))
    assert checksum() == before
    assert "no-store" in answer["Cache-Control"]


def test_the_front_desk_is_shown_what_is_to_be_settled_and_not_the_takings(
    desk: Person, as_owner: Browser
) -> None:
    for_owner, for_desk = as_owner.get(PAGE).text, seated(desk).get(PAGE).text
    for name in REPORTS:
        assert f'href="{PAGE}{name}/"' in for_owner
        assert (f'href="{PAGE}{name}/"' in for_desk) == (name in {"outstanding", "unredeemed"})


def test_takings_are_shown_drawn_and_filed(
    as_owner: Browser, client_card: Client, package: Package
) -> None:
    paid = pay(sell(client_card, package), 20000, method=Method.TERMINAL)
    refund(paid, 5000)
    page = as_owner.get(f"{PAGE}takings/").text
    for words in (
        "€150.00",
        "€200.00",
        "€50.00",
        "€300.00",
        "Card, at the desk",
        "Nobody in particular",
    ):
        assert words in page
    assert "Mon 23 Nov: €200.00, given back €50.00" in page
    head, *rows = table(as_owner, "takings")
    assert head[:4] == ["Day", "Way of paying", "What", "Professional"]
    assert rows == [
        ["2026-11-23", "", "Five", "", "0.00", "0.00", "300.00", "1", "EUR"],
        ["2026-11-23", "Card, at the desk", "Five", "", "200.00", "50.00", "0.00", "0", "EUR"],
    ]


def test_days_and_knowledge_are_asked_and_carried_to_the_file(
    as_owner: Browser, client_card: Client, package: Package
) -> None:
    early = NOW - timedelta(days=40)
    sale = sell(client_card, package, now=early, sold_on=TODAY - timedelta(days=40))
    pay(sale, 10000, now=early, paid_on=TODAY - timedelta(days=40))
    pay(sale, 20000, paid_on=TODAY - timedelta(days=40))
    query = "?start=2026-10-01&end=2026-10-31"
    page = as_owner.get(f"{PAGE}takings/{query}")
    assert "€300.00" in page.text
    assert f"{PAGE}takings.csv{query}".replace("&", "&amp;") in page.text
    then = as_owner.get(f"{PAGE}takings/{query}&known=2026-10-31").text
    assert "As it was known at the end of Saturday 31 October 2026 (Madrid)" in then
    assert "€100.00" in then
    rows = table(as_owner, "takings", f"{query}&known=2026-10-31")[1:]
    assert sum(float(row[4]) for row in rows) == 100
    debts = as_owner.get(f"{PAGE}outstanding/?known=2026-10-31").text
    assert "€200.00" in debts
    assert "Nobody owes you anything" in as_owner.get(f"{PAGE}outstanding/").text


@pytest.mark.parametrize(
    "query",
    [
        "?start=2026-11-02&end=2026-11-01",
        "?start=x&end=2026-11-01",
        "?start=&end=2026-11-01",
        "?start=1026-11-02&end=2026-11-01",
        "?start=2020-01-01&end=2026-11-01",
        "?known=yesterday",
    ],
)
def test_a_question_that_makes_no_sense_is_explained(as_owner: Browser, query: str) -> None:
    answer = as_owner.get(f"{PAGE}takings/{query}")
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text


def test_many_days_are_drawn_by_month(
    as_owner: Browser, client_card: Client, package: Package
) -> None:
    pay(sell(client_card, package), 20000)
    page = as_owner.get(f"{PAGE}takings/?start=2026-01-01&end=2026-11-23").text
    assert "Taken, by month" in page
    assert "November 2026: €200.00" in page


def test_knowledge_of_today_or_later_is_what_is_known_now(as_owner: Browser) -> None:
    page = as_owner.get(f"{PAGE}takings/?known=2026-11-23").text
    assert "As it was known at" not in page


def test_waiting_appointments_can_be_sold_to_at_once(
    as_owner: Browser, client_card: Client, service: Service
) -> None:
    service.needs_credits = True
    service.save()
    booked = factories.book(service, factories.at("2026-11-24 10:00"), client=client_card)
    page = as_owner.get(f"{PAGE}unredeemed/").text
    sell_url = reverse("desk:sell", args=["fisio-retiro", client_card.pk])
    assert f"{sell_url}?appointment={booked.appointment.pk}" in page
    assert "Tue 24 Nov 2026, 10:00" in page
    (_, row) = table(as_owner, "unredeemed")
    assert row[:3] == ["2026-11-24 10:00", "Europe/Madrid", "Ana Prueba"]


@pytest.mark.req("INJ-08")
@pytest.mark.parametrize("name", ["outstanding", "credits"])
def test_a_client_named_as_a_formula_runs_in_no_spreadsheet(
    as_owner: Browser, business: Business, package: Package, name: str
) -> None:
    sell(factories.make_client(business, "=cmd|' /C calc'!A0"), package)
    (_, row) = table(as_owner, name)
    assert row[0] == "'=cmd|' /C calc'!A0"
    assert all(not cell.startswith(("=", "+", "@")) for cell in row)


def test_credits_say_what_they_are_worth_and_when_they_end(
    as_owner: Browser, client_card: Client, package: Package
) -> None:
    sell(client_card, package, valid_until=TODAY + timedelta(days=20))
    page = as_owner.get(f"{PAGE}credits/").text
    assert "5 of 5" in page
    assert "20 days left" in page
    assert "€300.00" in page
    (_, row) = table(as_owner, "credits")
    assert row == ["Ana Prueba", "Five", "2026-11-23", "2026-12-13", "5", "5", "300.00", "EUR"]


@pytest.mark.parametrize("language", ["es", "it"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_drawn_in_every_language(
    owner: Person, client_card: Client, package: Package, name: str, language: str
) -> None:
    pay(sell(client_card, package), 100)
    answer = seated(owner, language).get(f"{PAGE}{name}/")
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text


@pytest.mark.parametrize("name", ["", *(f"{one}/" for one in REPORTS)])
def test_a_page_asks_as_much_for_nine_sales_as_for_three(
    as_owner: Browser,
    client_card: Client,
    package: Package,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        pay(sell(client_card, package), 100)
    as_owner.get(PAGE + name)
    with CaptureQueriesContext(connection) as asked:
        as_owner.get(PAGE + name)
    for _ in range(6):
        pay(sell(client_card, package), 100)
    with django_assert_max_num_queries(len(asked)):
        as_owner.get(PAGE + name)
