"""Installed on a phone: it opens without a network to what is ahead, and forgets it with whoever signs out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.factories import STAFF, at, book
from tests.kit import browser as kit
from tests.kit.rest import until, wait_until_still
from tests.kit.signed_in import put_session

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.req("S2.22"),
]
Open = Callable[..., Page]
Accessible = Callable[..., None]
LIST, NOBODYS = "My appointments", "You are offline"
# In the page: how many workers are registered.
WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"


@pytest.fixture
def service(business: Business) -> Service:
    """Physiotherapy by Irene."""
    with business_scope(business.pk):
        person = factories.make_professional(business, "Irene")
        return factories.make_service(business, professionals=(person,))


@pytest.fixture
def ana(service: Service) -> Account:
    """Ana, who comes on Tuesday at ten."""
    return client_with(service, "ana@example.com", "Ana Prueba", at("2026-11-24 10:00"))


@pytest.fixture
def otto(service: Service) -> Account:
    """Otto, who comes on Friday at three."""
    return client_with(service, "otto@example.org", "Otto Otro", at("2026-11-27 15:00"))


def client_with(service: Service, email: str, name: str, start: datetime) -> Account:
    account = proved_account(email, name)
    with business_scope(service.business_id):
        card = own_card(factories.make_client(service.business, name, email), account)
        book(service, start, client=card, by=STAFF)
    return account


def visit(page: Page, url: str, *, whose: Account | None) -> None:
    """Open a page with a network, and wait until the device has kept what it keeps."""
    page.goto(url)
    named = page.locator("script[data-person]").get_attribute("data-person")
    assert bool(named) == bool(whose)
    until(page, lambda: kept_of(page) == (named or None))


def kept_of(page: Page) -> str | None:
    """Whose page the device keeps, by the word it bears; ``None``: nobody's."""
    found = page.evaluate(
        """async () => {
            const kept = await caches.match("/client/offline", { cacheName: "clientela-mine" });
            return kept ? kept.headers.get("X-Offline-Of") : null;
        }"""
    )
    return None if found is None else str(found)


def everything_kept(page: Page) -> str:
    """All that the device has kept of this installation, as one text."""
    kept = page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    const answer = await cache.match(request);
                    found.push(name + " " + request.url + " " + (await answer.text()));
                }
            }
            return found.join("\\n");
        }"""
    )
    return str(kept)


def offline(page: Page, url: str) -> None:
    """Cut the network and open a page."""
    page.context.set_offline(True)
    page.goto(url)


def test_it_can_be_installed_and_opens_offline_to_what_is_ahead(
    live_server: LiveServer, open_page: Open, ana: Account, assert_accessible: Accessible
) -> None:
    page = open_page()
    put_session(page.context, ana, url=live_server.url)
    visit(page, f"{live_server.url}/client/", whose=ana)
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["start_url"] == "/client/"
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {one["errorId"] for one in found} <= {"in-incognito"}  # as every test's browser is
    active = page.evaluate("navigator.serviceWorker.ready.then(r => [r.scope, r.active.state])")
    assert active == [f"{live_server.url}/client/", "activated"]

    offline(page, f"{live_server.url}/client/")
    expect(page.get_by_role("heading", level=1)).to_have_text(LIST)
    expect(page.locator(".slip-time")).to_have_text(re.compile(r"10:00\s+Madrid"))
    expect(page.get_by_text("Fisioterapia with Irene")).to_be_visible()
    expect(page.get_by_text("Monday 23 November 2026")).to_be_visible()
    fonts = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fonts != "rgba(0, 0, 0, 0)"  # the style sheets are there as well
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert_accessible(page)


def test_what_is_cancelled_meanwhile_is_gone_at_the_next_visit(
    live_server: LiveServer, open_page: Open, ana: Account
) -> None:
    page = open_page()
    put_session(page.context, ana, url=live_server.url)
    visit(page, f"{live_server.url}/client/", whose=ana)
    Appointment._base_manager.update(status="cancelled")
    page.goto(f"{live_server.url}/client/")
    until(page, lambda: kept_of(page) is not None and "Fisioterapia" not in everything_kept(page))
    offline(page, f"{live_server.url}/client/")
    expect(page.get_by_text("Nothing is booked at the moment.")).to_be_visible()


def test_signing_out_leaves_nothing_on_the_device(
    live_server: LiveServer, open_page: Open, ana: Account
) -> None:
    page = open_page()
    put_session(page.context, ana, url=live_server.url)
    visit(page, f"{live_server.url}/client/", whose=ana)
    assert "Fisioterapia" in everything_kept(page)
    page.goto(f"{live_server.url}/client/logout")
    page.locator("main form button").click()
    expect(page).not_to_have_url(re.compile("/client/logout"))
    page.goto(f"{live_server.url}/fisio-retiro/")
    until(page, lambda: "Irene" not in everything_kept(page))
    until(page, lambda: page.evaluate(WORKERS) == 0)


def test_the_worker_forgets_at_the_door_even_where_the_header_is_not_understood(
    live_server: LiveServer, open_page: Open, ana: Account
) -> None:
    page = open_page()
    put_session(page.context, ana, url=live_server.url)
    visit(page, f"{live_server.url}/client/", whose=ana)
    page.context.route("**/client/logout", lambda route: route.abort())
    page.goto(f"{live_server.url}/client/profile")
    with page.expect_event("requestfailed", lambda one: one.url.endswith("/client/logout")):
        page.evaluate(
            """() => {
            const form = document.createElement("form");
            form.method = "post"; form.action = "/client/logout";
            document.body.append(form); form.submit();
        }"""
        )
    page.context.unroute("**/client/logout")
    page.context.set_offline(True)
    until(page, lambda: heading_of(page, f"{live_server.url}/client/") == NOBODYS)


def heading_of(page: Page, url: str) -> str:
    """Open a page and read what it is called."""
    page.goto(url)
    return page.get_by_role("heading", level=1).inner_text()


def test_another_person_on_the_same_device_sees_only_their_own(
    live_server: LiveServer, open_page: Open, ana: Account, otto: Account
) -> None:
    page = open_page()
    put_session(page.context, ana, url=live_server.url)
    visit(page, f"{live_server.url}/client/", whose=ana)
    page.context.clear_cookies()  # her session ends without a word
    put_session(page.context, otto, url=live_server.url)
    visit(page, f"{live_server.url}/client/", whose=otto)
    kept = everything_kept(page)
    assert "15:00" in kept
    assert "10:00" not in kept
    offline(page, f"{live_server.url}/client/profile")
    expect(page.locator(".slip-time")).to_have_count(1)
    expect(page.locator(".slip-time")).to_have_text(re.compile(r"15:00\s+Madrid"))


def test_a_session_that_ended_elsewhere_is_noticed_at_the_next_visit(
    live_server: LiveServer, open_page: Open, ana: Account
) -> None:
    page = open_page()
    put_session(page.context, ana, url=live_server.url)
    visit(page, f"{live_server.url}/client/", whose=ana)
    page.context.clear_cookies()
    visit(page, f"{live_server.url}/fisio-retiro/", whose=None)
    offline(page, f"{live_server.url}/client/")
    expect(page.get_by_role("heading", level=1)).to_have_text(NOBODYS)


def test_the_booking_page_of_who_is_signed_in_opens_offline_too(
    live_server: LiveServer, open_page: Open, ana: Account
) -> None:
    page = open_page(viewport=kit.DESKTOP, locale="es-ES")
    put_session(page.context, ana, url=live_server.url)
    visit(page, f"{live_server.url}/fisio-retiro/", whose=ana)
    offline(page, f"{live_server.url}/fisio-retiro/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mis citas")
    expect(page.get_by_text("Estás leyendo una copia")).to_be_visible()


def test_who_only_looks_around_keeps_nothing(
    live_server: LiveServer, open_page: Open, business: Business
) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/fisio-retiro/")
    wait_until_still(page)
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate(WORKERS) == 0


def test_the_hint_can_be_dismissed_for_good_without_a_script(
    live_server: LiveServer, open_page: Open, ana: Account
) -> None:
    page = open_page(java_script_enabled=False)
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/")
    expect(page.get_by_role("heading", name="On your home screen")).to_be_visible()
    page.get_by_role("button", name="Do not show this again").click()
    expect(page).to_have_url(f"{live_server.url}/client/")
    expect(page.get_by_role("heading", name="On your home screen")).to_have_count(0)
