"""From an empty installation to the first booking, on a phone and on a desktop; then the owner's settings."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.cast import Person
from tests.factories import at, book
from tests.kit import browser as kit
from tests.web.mails import delivered, link_of

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account
from clientela.business.models import Business, Location, Membership, Professional, Role
from clientela.catalogue.models import Service
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.schedule.models import WeeklyHours
from clientela.web.setup.code import new_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
PASSWORD = "four calm green otters"
SETTINGS = "/desk/fisio-retiro/settings/"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


WORDS = {
    "es": (
        "Seguir",
        "Enviar la invitación",
        "Terminar",
        "Ya has abierto",
        "Ir a tu agenda",
    ),
    "en": ("Go on", "Send the invitation", "Finish", "You are open", "Go to your desk"),
}


def say_who(page: Page, calm: Calm, *, on: str) -> None:
    """The first page: a password that is too short costs nothing that was typed."""
    calm(page)
    page.locator("#id_name").fill("Olga Dueña")
    page.locator("#id_email").fill("olga@example.com")
    page.locator("#id_password").fill("short")
    press(page, on)
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#id_name")).to_have_value("Olga Dueña")
    calm(page)
    page.locator("#id_password").fill(PASSWORD)
    press(page, on)


def found(page: Page, calm: Calm, *, on: str) -> None:
    """The second page: the zone is the device's, and the colour is seen before it is kept."""
    expect(page.locator("#id_zone")).to_have_value("Europe/Madrid")
    calm(page)
    page.locator("#id_name").fill("Fisio Río")
    page.wait_for_load_state("load")
    with page.expect_response(re.compile("colour=")):
        page.locator("#id_colour").fill("#cc3300")
    expect(page.locator('#preview [data-theme="dark"]')).to_have_attribute("data-hue", "30")
    expect(page.locator("#id_name")).to_have_value("Fisio Río")
    calm(page)
    page.locator("#id_street").fill("Calle Mayor 1")
    page.locator("#id_city").fill("Madrid")
    press(page, on)


def accept(page: Page, calm: Calm) -> None:
    """What an invited colleague does with their mail."""
    (mail,) = delivered("marta@example.com")
    page.goto(link_of(mail))
    calm(page)
    page.locator("#id_name").fill("Marta")
    page.locator("#id_password").fill("seven brave blue herons")
    press(page, "Aceptar")


@pytest.mark.parametrize(
    ("viewport", "language", "theme"),
    [(kit.PHONE, "es", "light"), (kit.DESKTOP, "en", "dark")],
    ids=["phone", "desktop"],
)
def test_an_empty_installation_takes_bookings_after_five_short_steps(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    viewport: dict[str, int],
    language: str,
    theme: str,
    settings: object,
) -> None:
    settings.PUBLIC_URL = live_server.url
    on, invite, finish, opened, to_desk = WORDS[language]
    page = open_page(
        viewport=viewport,
        locale=f"{language}-{'ES' if language == 'es' else 'GB'}",
        color_scheme=theme,
        timezone_id="Europe/Madrid",
    )
    code = new_code(now=clock.now())
    page.goto(f"{live_server.url}/setup/?code={code}")
    say_who(page, calm, on=on)
    found(page, calm, on=on)

    expect(page.locator("#id_friday")).to_be_visible()
    calm(page)
    page.locator("#id_friday").fill("9 a 14")
    press(page, on)

    expect(page.locator("#id_price")).to_be_visible()
    calm(page)
    page.locator("#id_name").fill("Fisioterapia")
    page.locator("#id_price").fill("48")
    press(page, on)

    expect(page.get_by_role("button", name=invite, exact=True)).to_be_visible()
    calm(page)
    page.locator("#id_email").fill("marta@example.com")
    press(page, invite)
    expect(page.get_by_role("status")).to_contain_text("marta@example.com")
    calm(page)
    page.get_by_role("link", name=finish, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(opened)
    calm(page)
    page.get_by_role("link", name=to_desk).click()
    expect(page).to_have_url(f"{live_server.url}/desk/fisio-rio/")

    page.goto(f"{live_server.url}/fisio-rio/?day=2026-11-27")
    expect(page.locator("a.slot").first).to_contain_text("09:00")
    with business_scope(Business.objects.get().pk):
        assert Professional.objects.get().name == "Olga Dueña"
        assert Service.objects.get().price_minor == 4800

    colleague = open_page(viewport=viewport, locale="es-ES")
    accept(colleague, calm)
    expect(colleague).to_have_url(f"{live_server.url}/desk/fisio-rio/")
    with business_scope(Business.objects.get().pk):
        assert Membership.objects.get(account__email="marta@example.com").role == Role.FRONT_DESK


@pytest.fixture
def olga(business: Business, scope: None) -> Account:
    """An owner with a password."""
    account = create_account(
        email="olga@example.com",
        name="Olga",
        password=PASSWORD,
        by=factories.SYSTEM,
        now=factories.NOW,
    )
    factories.make_member(business, account, Role.OWNER)
    return account


def sign_in(page: Page, base: str, to: str = SETTINGS) -> None:
    page.goto(base + to)
    page.locator("#by-password summary").click()
    page.locator("#id_login").fill("olga@example.com")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#by-password button.btn-solid").click()
    expect(page).to_have_url(base + to)


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [({"width": 320, "height": 700}, "dark"), (kit.DESKTOP, "light")],
    ids=["narrow", "desktop"],
)
def test_every_setting_is_accessible_and_nothing_scrolls_sideways(  # noqa: PLR0917 -- fixtures
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    olga: Account,
    business: Business,
    professional: Professional,
    service: Service,
    location: Location,
    viewport: dict[str, int],
    theme: str,
    desk: Person,
) -> None:
    room = factories.make_room(business)
    page = open_page(viewport=viewport, color_scheme=theme)
    sign_in(page, live_server.url)
    week = f"hours/{professional.pk}/{location.pk}/"
    for path in (
        "",
        "business/",
        "locations/",
        "locations/new/",
        f"locations/{location.pk}/",
        "services/",
        "services/new/",
        f"services/{service.pk}/",
        f"services/{service.pk}/archive/",
        "rooms/",
        f"rooms/{room.pk}/",
        "professionals/",
        f"professionals/{professional.pk}/",
        "hours/",
        week,
        f"{week}days/",
        "time-off/",
        "closures/",
        "policies/",
        "preferences/",
        "team/",
        "team/invite/",
        f"team/{desk.membership.pk}/",
        f"team/{desk.membership.pk}/end/",
    ):
        answer = page.goto(live_server.url + SETTINGS + path)
        assert answer is not None
        assert answer.status == 200, path
        calm(page)


@pytest.mark.parametrize("viewport", [kit.PHONE, kit.DESKTOP], ids=["phone", "desktop"])
def test_an_owner_changes_hours_and_is_told_whom_it_hits(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    olga: Account,
    professional: Professional,
    service: Service,
    viewport: dict[str, int],
) -> None:
    book(service, at("2026-11-24 10:00"))
    page = open_page(viewport=viewport)
    sign_in(page, live_server.url)
    page.get_by_role("link", name=re.compile("^Opening hours")).click()
    page.get_by_role("link", name=re.compile("^Change the week")).click()
    page.locator("#id_tuesday").fill("15 - 18")
    page.locator("#id_sunday").fill("later")
    press(page, "Save changes")
    expect(page.locator("#errors")).to_be_focused()
    calm(page)
    page.locator("#id_sunday").fill("")
    press(page, "Save changes")
    expect(page.get_by_role("alert")).to_contain_text("1 appointment lies outside the new hours")
    calm(page)
    press(page, "Save all the same")
    expect(page.locator(".toast")).to_contain_text("Saved.")
    calm(page)
    rows = WeeklyHours.objects.filter(resource=professional.pk, weekday=1)
    assert [(row.opens_minute, row.closes_minute) for row in rows] == [(900, 1080)]


def test_the_colour_loop_keeps_contrast_in_both_themes(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    olga: Account,
    business: Business,
) -> None:
    page = open_page(viewport=kit.DESKTOP)
    sign_in(page, live_server.url, f"{SETTINGS}business/")
    page.wait_for_load_state("load")  # before, nobody listens to the field yet
    for colour in ("#ffff00", "#111111", "#00ffcc", "#ff00ff"):
        with page.expect_response(re.compile("colour=")):
            page.locator("#id_colour").fill(colour)
        expect(page.locator(".look")).to_have_count(2)
        calm(page)
    press(page, "Save changes")
    expect(page.locator(".toast")).to_contain_text("Saved.")
    business.refresh_from_db()
    assert (business.hue, business.vivid) == (330, "bold")
