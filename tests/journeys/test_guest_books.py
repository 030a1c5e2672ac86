"""A guest books, moves and cancels: on a phone and a desktop, with and without scripts, in three languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.factories import at, book
from tests.kit import browser as kit

from clientela.booking.links import manage_path
from clientela.booking.models import Appointment, Status
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Accessible = Callable[..., None]


@pytest.fixture
def offer(
    business: Business, professional: Professional, colleague: Professional, shared_service: Service
) -> Service:
    """Two services by two people."""
    factories.make_service(
        business, "Valoración", professionals=(professional,), duration_minutes=45, price_minor=4800
    )
    return shared_service


def fill_in(page: Page, *, name: str = "Luz Prueba", email: str = "luz@example.com") -> None:
    page.locator("#id_name").fill(name)
    page.locator("#id_email").fill(email)


def press_book(page: Page) -> None:
    """The button that is in sight: the bar's on a phone, the one under the slip on a desktop."""
    page.locator("button[form=book]:visible").first.click()


@pytest.mark.req("S2.5", "S2.10")
def test_on_a_phone_in_spanish(
    live_server: LiveServer, open_page: Open, assert_accessible: Accessible, offer: Service
) -> None:
    page = open_page(viewport=kit.PHONE, locale="es-ES", timezone_id="Europe/Madrid")
    page.goto(f"{live_server.url}/fisio-retiro/")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert_accessible(page)
    page.get_by_role("link", name="Tomás").click()
    expect(page.locator(".person[aria-current]")).to_contain_text("Tomás")
    page.locator('a.day:has-text("mar")').click()
    expect(page.get_by_role("heading", name="Martes 24 de noviembre")).to_be_visible()
    page.locator("#id_name").fill("Luz Prueba")
    page.locator("a.slot", has_text="10:15").click()
    expect(page.locator("#dock")).to_contain_text("10:15")
    expect(page.locator("#id_name")).to_have_value("Luz Prueba")  # choosing loses nothing typed
    assert_accessible(page)
    press_book(page)
    expect(page.locator("#errors")).to_be_focused()
    assert_accessible(page)
    fill_in(page)
    press_book(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nos vemos el martes, Luz")
    assert_accessible(page)
    made = Appointment.objects.get()
    assert (made.starts_at, made.professional.name) == (at("2026-11-24 10:15"), "Tomás")
    assert (made.language, made.device_zone) == ("es", "Europe/Madrid")

    page.get_by_role("link", name="Cambiar o cancelar").click()
    expect(page.get_by_role("link", name="Elegir otra hora")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Elegir otra hora").click()
    page.locator("a.slot", has_text="12:00").click()
    expect(page.locator("#dock")).to_contain_text("12:00")
    assert_accessible(page)
    page.locator("button[form=move]:visible, #move button:visible").first.click()
    expect(page.get_by_role("status").filter(has_text="Cita movida")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".slip-time")).to_contain_text("10:15")
    page.get_by_role("link", name="Cancelar la cita").click()
    expect(page.get_by_role("button", name="Cancelar la cita")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Cancelar la cita").click()
    expect(page.locator(".slip-void")).to_be_visible()
    assert_accessible(page)
    made.refresh_from_db()
    assert made.status == Status.CANCELLED


@pytest.mark.req("S2.10")
def test_on_a_desktop_in_italian_without_scripts(
    live_server: LiveServer, open_page: Open, offer: Service
) -> None:
    page = open_page(viewport=kit.DESKTOP, locale="it-IT", java_script_enabled=False)
    page.goto(f"{live_server.url}/fisio-retiro/")
    page.get_by_role("link", name=re.compile("^Masaje")).click()
    page.get_by_role("link", name="Il primo libero").click()
    page.get_by_text("Un altro giorno").click()
    page.locator(".month a", has_text="25").click()
    expect(page.get_by_role("heading", name="Mercoledì 25 novembre")).to_be_visible()
    page.locator("a.slot", has_text="09:30").click()
    fill_in(page, email="luz@exmaple.com")
    press_book(page)
    expect(page.locator(".tip")).to_contain_text("Forse intendevi")
    page.locator("button.fix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ci vediamo mercoledì, Luz")
    made = Appointment.objects.get()
    assert made.address_used == "luz@example.com"
    page.get_by_role("link", name="Sposta o disdici").click()
    page.get_by_role("link", name="Scegli un altro orario").click()
    page.locator("a.slot", has_text="11:00").click()
    page.get_by_role("button", name="Spostalo qui").first.click()
    expect(page.locator(".slip-time").first).to_contain_text("11:00")
    page.get_by_role("link", name="Disdici l’appuntamento").click()
    page.get_by_role("link", name="Mantienilo").click()
    page.get_by_role("link", name="Disdici l’appuntamento").click()
    page.get_by_role("button", name="Disdici l’appuntamento").click()
    expect(page.locator(".slip-void")).to_be_visible()


def tab_to(page: Page, selector: str, *, limit: int = 90) -> None:
    """Press Tab until the focus is on the element, and see that the focus shows."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
    pytest.fail(f"Tab never reached {selector}")


@pytest.mark.req("S2.10")
def test_by_keyboard_alone(live_server: LiveServer, open_page: Open, offer: Service) -> None:
    page = open_page(viewport=kit.DESKTOP)
    page.goto(f"{live_server.url}/fisio-retiro/")
    tab_to(page, 'a.day[href*="2026-11-24"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tuesday 24 November")).to_be_visible()
    tab_to(page, 'a.slot[href*="20261124T0900Z"]')
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Chosen: Tuesday 24 November, 10:00")
    expect(page.locator('a.slot[href*="20261124T0900Z"]')).to_be_focused()
    tab_to(page, "#id_name")
    page.keyboard.type("Sam Sample")
    tab_to(page, "#id_email")
    page.keyboard.type("sam@example.com")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("See you on Tuesday, Sam")


def test_the_loser_of_a_race_books_the_next_time_with_two_taps(
    live_server: LiveServer, open_page: Open, assert_accessible: Accessible, service: Service
) -> None:
    page = open_page(viewport=kit.PHONE)
    page.goto(f"{live_server.url}/fisio-retiro/?start=20261124T0900Z")
    fill_in(page)
    book(service, at("2026-11-24 10:00"))
    press_book(page)
    expect(page.get_by_role("alert")).to_contain_text("Someone just took 10:00 (Madrid)")
    assert_accessible(page)
    expect(page.locator("#id_name")).to_have_value("Luz Prueba")
    page.get_by_role("radio", name=re.compile("10:30")).check()
    press_book(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("See you on Tuesday, Luz")
    assert Appointment.objects.filter(starts_at=at("2026-11-24 10:30")).exists()


def test_a_mistyped_address_is_mended_with_one_tap(
    live_server: LiveServer, open_page: Open, service: Service
) -> None:
    page = open_page(viewport=kit.PHONE)
    page.goto(f"{live_server.url}/fisio-retiro/?start=20261124T0900Z")
    fill_in(page, email="luz@gmial.com")
    page.locator("#id_note").focus()
    expect(page.locator(".tip")).to_contain_text("luz@gmail.com")
    page.locator("button.fix").click()
    expect(page.locator("#id_email")).to_have_value("luz@gmail.com")
    expect(page.locator(".tip")).to_have_count(0)
    assert not Appointment.objects.exists()
    press_book(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("See you on Tuesday, Luz")


@pytest.mark.req("S4.16")
def test_a_first_visit_reads_times_in_the_devices_zone(
    live_server: LiveServer, open_page: Open, assert_accessible: Accessible, service: Service
) -> None:
    page = open_page(viewport=kit.PHONE, timezone_id="America/New_York")
    page.goto(f"{live_server.url}/fisio-retiro/?day=2026-11-24")
    expect(page.locator(".zone-menu summary")).to_contain_text("New York time (EST)")
    expect(page.locator("a.slot").first).to_contain_text("03:00")
    page.locator(".zone-menu summary").click()
    assert_accessible(page)
    page.locator("#zone").select_option("Europe/Madrid")
    page.get_by_role("button", name="Use this zone").click()
    expect(page.locator(".zone-menu summary")).to_contain_text("Madrid time (CET)")


def test_the_language_is_switched_and_remembered(
    live_server: LiveServer, open_page: Open, service: Service
) -> None:
    page = open_page(viewport=kit.DESKTOP)
    page.goto(f"{live_server.url}/fisio-retiro/?day=2026-11-24")
    page.locator("summary", has_text="English").click()
    page.get_by_role("button", name="Italiano").click()
    expect(page.locator("html")).to_have_attribute("lang", "it")
    expect(page.get_by_role("heading", name="Martedì 24 novembre")).to_be_visible()
    page.goto(f"{live_server.url}/fisio-retiro/")
    expect(page.locator("html")).to_have_attribute("lang", "it")


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(kit.PHONE, "dark"), (kit.DESKTOP, "light"), ({"width": 320, "height": 700}, "light")],
    ids=["phone-dark", "desktop-light", "narrow-light"],
)
def test_nothing_scrolls_sideways_and_axe_is_content(
    live_server: LiveServer,
    open_page: Open,
    assert_accessible: Accessible,
    offer: Service,
    theme: str,
    viewport: dict[str, int],
) -> None:
    page = open_page(viewport=viewport, color_scheme=theme)
    appointment = book(offer, at("2026-11-25 10:00")).appointment
    path = manage_path(appointment)
    for url in (
        "/fisio-retiro/?start=20261124T0900Z",
        "/fisio-retiro/?open=month",
        path,
        f"{path}move/",
        f"{path}cancel/",
    ):
        page.goto(live_server.url + url)
        assert_accessible(page)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, url
