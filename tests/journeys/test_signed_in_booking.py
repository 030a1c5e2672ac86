"""The account on the booking page: where it is offered, how it brings people back, and booking while signed in.

The time they choose is not the next free one, which the page names before anybody has chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client as Browser
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.cast import Person
from tests.factories import at
from tests.kit import browser as kit
from tests.kit.rest import until
from tests.kit.signed_in import put_session

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, ClientLogin, Professional
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope, system_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
TABLET = {"width": 820, "height": 1180}
SCREENS = [
    pytest.param(kit.PHONE, "light", id="phone"),
    pytest.param(TABLET, "dark", id="tablet"),
    pytest.param(kit.DESKTOP, "light", id="desktop"),
]


@pytest.fixture
def giulia(db: None) -> Account:
    """A person with a proved log-in, and no card anywhere yet."""
    account = factories.make_account("giulia@example.com", "Giulia Prova")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


@pytest.fixture
def offer(
    business: Business, professional: Professional, colleague: Professional, shared_service: Service
) -> Service:
    """One service by two people."""
    return shared_service


def way_back(page: Page) -> str:
    """Where the sign-in page leads to afterwards."""
    return parse_qs(urlsplit(page.url).query)["next"][0]


def press_solid(page: Page) -> None:
    """The one solid button that is in sight."""
    page.locator("button[form=book]:visible").first.click()


@pytest.mark.req("S2.2", "S2.10", "S2.11", "S2.13")
@pytest.mark.parametrize(("viewport", "theme"), SCREENS)
def test_sign_in_is_where_each_screen_looks_for_it_and_leads_back_to_the_chosen_time(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    offer: Service,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(viewport=viewport, color_scheme=theme, locale="es-ES")
    page.goto(f"{live_server.url}/fisio-retiro/")
    page.locator("a.slot", has_text="11:30").first.click()
    expect(page.locator("#summary")).to_contain_text("11:30")
    calm(page)
    wide = viewport["width"] >= 992
    top = page.locator("header").get_by_role("link", name="Iniciar sesión")
    welcome = page.locator("#welcome")
    menu = page.locator("#left-menu")
    expect(welcome).to_be_visible(visible=not wide)
    expect(menu).to_be_visible(visible=not wide)
    if wide:
        box = top.bounding_box()
        assert box is not None
        assert box["x"] > viewport["width"] / 2
        top.click()
    else:
        menu.locator("summary").click()
        expect(menu.get_by_role("link", name="Crear una cuenta")).to_be_visible()
        calm(page)
        menu.get_by_role("link", name="Iniciar sesión").click()
    page.wait_for_url("**/client/login**")
    page.goto(live_server.url + way_back(page))
    expect(page.locator("#summary")).to_contain_text("11:30")


# Until what has come is drawn.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def press_while_the_zone_arrives(page: Page, url: str) -> None:
    """Choose 11:30 on a first visit, which is drawn once more in the zone of the device: at no moment is a press lost."""
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.resource_type == "xhr" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/fisio-retiro/**", hold_the_first)
    slot = page.locator("a.slot", has_text="11:30").first

    # The press comes first: its answer is in the device's zone, and the older one puts nothing back.
    page.goto(url)
    until(page, lambda: bool(held))
    slot.click()
    expect(page.locator("#summary")).to_contain_text("11:30")
    with page.expect_event("requestfinished", lambda request: request == held[0].request):
        held[0].continue_()
    page.evaluate(DRAWN)
    expect(page.locator("#summary")).to_contain_text("11:30")
    expect(page.locator(".zone-menu summary")).to_contain_text("Roma")

    # The answer comes under the finger: it waits until the press is over.
    held.clear()
    page.context.clear_cookies(name="device_zone")
    page.goto(url)
    until(page, lambda: bool(held))
    slot.hover()
    page.mouse.down()
    held[0].continue_()
    expect(page.locator("#choosing.htmx-request")).to_have_count(0)
    page.mouse.up()


@pytest.mark.req("S2.12", "S3.3", "S3.20")
@pytest.mark.parametrize(("viewport", "theme"), SCREENS)
def test_who_is_signed_in_books_in_two_presses_and_opens_the_account_by_their_initials(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    offer: Service,
    giulia: Account,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(
        viewport=viewport, color_scheme=theme, locale="it-IT", timezone_id="Europe/Rome"
    )
    put_session(page.context, giulia, url=live_server.url)
    press_while_the_zone_arrives(page, f"{live_server.url}/fisio-retiro/")
    expect(page.locator("#summary")).to_contain_text("11:30")
    expect(page.locator("#details")).to_contain_text("Giulia Prova")
    expect(page.locator("#id_email")).to_have_count(0)
    # What lies under one of the bars can be scrolled out; axe sees only where the page stands: at the person's heading,
    # below the times, however many there are.
    page.locator("#details").evaluate("details => details.scrollIntoView({block: 'start'})")
    calm(page)
    press_solid(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ci vediamo lunedì, Giulia")
    calm(page)
    with system_scope("what the journey left behind"):
        made = Appointment.objects.select_related("client").get()
        assert (made.account_id, made.client.account_id) == (giulia.pk, giulia.pk)
    page.locator(".account-menu summary").click()
    for name in ("Appuntamenti", "Il mio profilo", "Messaggi", "Sicurezza"):
        expect(page.locator(".account-menu").get_by_role("link", name=name)).to_be_visible()
    calm(page)
    page.locator(".account-menu").get_by_role("button", name="Esci").click()
    expect(page.locator(".account-menu")).to_have_count(0)
    page.goto(f"{live_server.url}/fisio-retiro/")
    expect(page.locator(".account-menu")).to_have_count(0)


@pytest.mark.req("S3.12", "S3.13")
@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_required_asks_after_the_time_and_keeps_time_and_note(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    offer: Service,
    business: Business,
    giulia: Account,
    scripts: bool,
) -> None:
    set_policy(
        business=business, client_login=ClientLogin.REQUIRED, by=factories.SYSTEM, now=factories.NOW
    )
    page = open_page(viewport=kit.PHONE, locale="es-ES", java_script_enabled=scripts)
    page.goto(f"{live_server.url}/fisio-retiro/")
    page.locator("a.slot", has_text="11:30").first.click()
    expect(page.locator("#dock")).to_contain_text("Inicia sesión para reservar")
    if scripts:
        calm(page)
    page.locator("#id_note").fill("Rodilla izquierda")
    press_solid(page)
    page.wait_for_url("**/client/login**")
    back = way_back(page)
    session = next(
        one["value"]
        for one in page.context.cookies()
        if one["name"] == settings.SESSION_COOKIE_NAME
    )
    browser = Browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    browser.force_login(giulia)  # as signing in does: the session goes on under a new key
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": browser.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    page.goto(live_server.url + back)
    expect(page.locator("#id_note")).to_have_value("Rodilla izquierda")
    expect(page.locator("#dock")).to_contain_text("11:30")
    press_solid(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nos vemos el lunes")
    with business_scope(business.pk):
        made = Appointment.objects.get()
        assert (made.client_note, made.starts_at) == ("Rodilla izquierda", at("2026-11-23 11:30"))


@pytest.mark.req("S2.3")
@pytest.mark.parametrize(("viewport", "theme"), SCREENS)
def test_after_booking_a_guest_is_invited_below_the_slip(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    offer: Service,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(viewport=viewport, color_scheme=theme, locale="es-ES")
    page.goto(f"{live_server.url}/fisio-retiro/")
    page.locator("a.slot", has_text="11:30").first.click()
    expect(page.locator("#summary")).to_contain_text("11:30")
    page.locator("#id_name").fill("Luz Prueba")
    page.locator("#id_email").fill("luz@example.com")
    page.locator("#id_email").press("Enter")  # books: the way to sign in is not the form's own act
    page.wait_for_url("**/booked/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nos vemos el lunes, Luz")
    calm(page)
    invitation = page.locator("main").get_by_role("link", name="Crear una cuenta")
    slip = page.locator(".slip").first.bounding_box()
    place = invitation.bounding_box()
    assert slip is not None
    assert place is not None
    assert slip["y"] < place["y"]
    assert page.locator("main .btn-solid:visible").count() == 1
    invitation.click()
    expect(page).to_have_url(re.compile("/client/create-account"))
    query = parse_qs(urlsplit(page.url).query)
    assert query["business"] == ["fisio-retiro"]
    assert query["booking"]


@pytest.mark.req("S3.8", "S3.14")
@pytest.mark.parametrize(("viewport", "theme"), SCREENS)
def test_the_owner_finds_client_login_by_its_path_and_changes_it(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    business: Business,
    owner: Person,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(viewport=viewport, color_scheme=theme, locale="es-ES")
    put_session(page.context, owner.account, url=live_server.url)
    page.goto(f"{live_server.url}/desk/fisio-retiro/settings/")
    calm(page)
    page.get_by_role("link", name="Preferencias de reservas").click()
    expect(page.locator("main").get_by_role("link", name="Flujo de reservas")).to_be_visible()
    calm(page)
    page.locator("main").get_by_role("link", name="Flujo de reservas").click()
    expect(page.get_by_role("heading", name="Flujo de reservas")).to_be_visible()
    calm(page)
    page.get_by_text("Activado y obligatorio").click()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("status").filter(has_text="Guardado")).to_be_visible()
    expect(page.locator("label", has_text="Activado y obligatorio")).to_contain_text("Ahora")
    calm(page)
