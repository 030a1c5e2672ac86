"""An owner sets what is sold and how it is paid, and reads the reports, on a phone and on a desktop."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.checkout.shop import pack
from tests.factories import NOW
from tests.kit import browser as kit
from tests.ledger.shop import TODAY, pay, redeem, refund, sell, take_off

from clientela.accounts.actions.create_account import create_account
from clientela.business.models import Business, Role, SalesPolicy
from clientela.catalogue.models import Package, Service
from clientela.ledger.models import Method
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Accessible = Callable[..., None]
PASSWORD = "four calm green otters"
DESK = "/desk/fisio-retiro/"
SETTINGS = f"{DESK}settings/"
SHOTS = os.environ.get("CLIENTELA_SHOTS", "")
"""A folder for pictures of every page, for whoever wants to look."""
DAY = timedelta(days=1)


@pytest.fixture
def house(business: Business) -> Business:
    """A business with an owner who has a password."""
    account = create_account(
        email="olga@example.com", name="Olga", password=PASSWORD, by=factories.SYSTEM, now=NOW
    )
    with business_scope(business.pk):
        factories.make_member(business, account, Role.OWNER)
        person = factories.make_professional(business, "Irene")
        factories.make_service(
            business, professionals=(person,), needs_credits=True, price_minor=4500
        )
        factories.make_service(business, "Osteopatía", professionals=(person,), price_minor=6000)
    return business


def busy(business: Business) -> None:
    """Two weeks of sales, payments of every kind, and somebody who has booked without a session."""
    services = list(Service.objects.filter(business=business))
    packages = [
        pack(business, *services, name="Bono 10", credits=10, price_minor=40000),
        pack(business, services[0], name="Bono 5", credits=5, price_minor=21000, valid_count=None),
    ]
    people = [
        factories.make_client(business, name, f"c{n}@example.com")
        for n, name in enumerate(("Ana Prueba", "Luis Ejemplo", "Łucja Próba", "Marta Muestra"))
    ]
    ways = list(Method)
    for n in range(22):
        on = TODAY - n * DAY
        at = NOW - n * DAY
        person, package = people[n % 4], packages[n % 2]
        until = TODAY + (n * 7 - 5) * DAY if n % 3 else None
        sale = sell(
            person,
            package,
            price_minor=package.price_minor,
            sold_on=on,
            applies_on=on - 9 * DAY,
            valid_until=until,
            now=at,
        )
        if n % 5 == 3:
            continue
        paid = pay(sale, package.price_minor // (1 + n % 2), method=ways[n % 4], paid_on=on, now=at)
        if n % 7 == 2:
            refund(paid, 5000, paid_on=on, now=at)
            take_off(sale, 5000, now=at)
        redeem(sale, 1, for_=f"appointment:{paid.pk}", on=on, now=at)
    newcomer = factories.make_client(business, "Nuria Nueva", "nuria@example.com")
    for hour in ("10", "12"):
        factories.book(services[0], factories.at(f"2026-11-24 {hour}:00"), client=newcomer)


def look(page: Page, name: str, assert_accessible: Accessible) -> None:
    """Axe has nothing to say, nothing scrolls sideways; keep a picture where they are wanted."""
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    if SHOTS:
        viewport = page.viewport_size or {"width": 0}
        page.screenshot(path=Path(SHOTS) / f"{name}-{viewport['width']}.png", full_page=True)


def come_in(page: Page, live_server: LiveServer) -> None:
    """Sign in, by the page that asks."""
    page.goto(live_server.url + SETTINGS)
    page.locator("#by-password summary").click()
    page.locator("#id_login").fill("olga@example.com")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#by-password button.btn-solid").click()
    expect(page).to_have_url(live_server.url + SETTINGS)


def prove_again(page: Page) -> None:
    """Where money goes is asked of whoever has just proved who they are."""
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button.btn-solid").click()
    page.wait_for_url(re.compile(r"^[^?]*/payments/$"))


@pytest.mark.parametrize(
    ("viewport", "language", "theme"),
    [
        (kit.PHONE, "es-ES", "light"),
        (kit.DESKTOP, "it-IT", "dark"),
    ],
    ids=["phone", "desktop"],
)
def test_an_owner_sets_what_is_sold_and_how_it_is_paid(
    live_server: LiveServer,
    open_page: Open,
    assert_accessible: Accessible,
    house: Business,
    viewport: dict[str, int],
    language: str,
    theme: str,
) -> None:
    page = open_page(viewport=viewport, locale=language, color_scheme=theme)
    come_in(page, live_server)
    look(page, "index", assert_accessible)
    page.goto(f"{live_server.url}{SETTINGS}packages/")
    look(page, "packages-none", assert_accessible)
    page.goto(f"{live_server.url}{SETTINGS}packages/new/")
    page.locator("#id_name").fill("Bono 10")
    page.locator("#id_price_minor").fill("400,50")
    with page.expect_response(lambda answer: "price_minor=400" in answer.url):
        page.locator("#id_price_minor").press("Tab")
    expect(page.locator("#meaning")).to_contain_text("40")
    expect(page.locator("#meaning")).to_contain_text("2027")
    look(page, "package-new", assert_accessible)
    page.locator(".savebar .btn-solid").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#id_price_minor")).to_have_value("400,50")
    look(page, "package-wrong", assert_accessible)
    page.locator("[name=services]").first.check()
    page.locator(".savebar .btn-solid").click()
    page.wait_for_url(f"**{SETTINGS}packages/")
    with business_scope(house.pk):
        package = Package.objects.get()
    assert (package.price_minor, package.credits, package.valid_count) == (40050, 10, 6)
    look(page, "packages", assert_accessible)
    page.goto(f"{live_server.url}{SETTINGS}selling/")
    look(page, "selling-empty", assert_accessible)
    page.locator("#id_legal_name").fill("Fisio Retiro S.L.")
    page.locator("#id_tax_id").fill("B12345678")
    page.locator("#id_legal_address").fill("Alcalá 1\n28009 Madrid")
    page.locator(".savebar .btn-solid").click()
    page.wait_for_url(f"**{SETTINGS}selling/")
    look(page, "selling", assert_accessible)
    with business_scope(house.pk):
        assert SalesPolicy.objects.get().legal_address == "Alcalá 1\n28009 Madrid"
        service = Service.objects.filter(name="Fisioterapia").get()
    page.goto(f"{live_server.url}{SETTINGS}services/{service.pk}/")
    look(page, "service", assert_accessible)
    page.goto(f"{live_server.url}{SETTINGS}policies/")
    page.locator("#id_cancel_free_minutes").fill("48")
    look(page, "policies", assert_accessible)
    page.goto(f"{live_server.url}{SETTINGS}payments/")
    prove_again(page)
    look(page, "payments-none", assert_accessible)
    page.locator('button[value="simulate"]').click()
    expect(page.locator(".badge-note")).to_be_visible()
    look(page, "payments", assert_accessible)


@pytest.mark.parametrize(
    ("viewport", "language", "theme"),
    [
        (kit.PHONE, "es-ES", "light"),
        (kit.DESKTOP, "it-IT", "dark"),
    ],
    ids=["phone", "desktop"],
)
def test_an_owner_reads_the_reports(
    live_server: LiveServer,
    open_page: Open,
    assert_accessible: Accessible,
    house: Business,
    viewport: dict[str, int],
    language: str,
    theme: str,
) -> None:
    page = open_page(viewport=viewport, locale=language, color_scheme=theme)
    come_in(page, live_server)
    reports = ("takings", "outstanding", "unredeemed", "credits")
    for name in reports:
        page.goto(f"{live_server.url}{DESK}reports/{name}/")
        look(page, f"{name}-none", assert_accessible)
    with business_scope(house.pk):
        busy(house)
    page.goto(f"{live_server.url}{DESK}reports/")
    look(page, "reports", assert_accessible)
    for name in reports:
        page.goto(f"{live_server.url}{DESK}reports/{name}/")
        look(page, name, assert_accessible)
    page.goto(
        f"{live_server.url}{DESK}reports/takings/?start=2026-01-01&end=2026-11-23&known=2026-11-15"
    )
    look(page, "takings-then", assert_accessible)
    page.locator("#id_end").fill("2025-01-01")
    page.locator(".ask-row button").click()
    expect(page.locator("#errors")).to_be_focused()
    look(page, "takings-wrong", assert_accessible)
