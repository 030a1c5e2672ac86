"""A day at the desk: by mouse on a desktop, by thumb on a phone, by keyboard, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Person
from tests.factories import at, book, make_guest
from tests.kit import browser as kit
from tests.kit.rest import wait_until_still
from tests.kit.signed_in import put_session

from clientela.booking.models import Appointment, Status
from clientela.catalogue.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Accessible = Callable[..., None]
TUESDAY = "/desk/fisio-retiro/?day=2026-11-24"


@pytest.fixture
def sit(open_page: Open, live_server: LiveServer) -> Callable[..., Page]:
    """Give a function that opens a page as a signed-in member of staff."""

    def seated(person: Person, **options: object) -> Page:
        page = open_page(**{"viewport": kit.DESKTOP, **options})
        put_session(page.context, person.account, url=live_server.url)
        return page

    return seated


@pytest.fixture
def one(shared_service: Service, professional) -> Appointment:
    """Luz, on Tuesday at ten with Irene."""
    return book(shared_service, at("2026-11-24 10:00"), professional=professional).appointment


def drag(page: Page, source: str, *, column: str, minutes: int) -> None:
    """Drag a card with the mouse to a column, so many minutes later (or earlier)."""
    wait_until_still(page)
    card = page.locator(source).first
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    there = page.locator(f'.dg-col[aria-label^="{column}"]').bounding_box()
    assert box is not None
    assert there is not None
    page.mouse.move(box["x"] + 20, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 25, steps=3)
    page.mouse.move(
        there["x"] + 40, box["y"] + 5 + minutes, steps=8
    )  # five pixels are five minutes
    page.mouse.up()


def test_a_card_is_dragged_to_another_time_and_person_and_back(
    sit,
    live_server: LiveServer,
    desk: Person,
    one: Appointment,
    colleague,
    assert_accessible: Accessible,
) -> None:
    page = sit(desk)
    page.goto(live_server.url + TUESDAY)
    assert_accessible(page)
    drag(page, ".appt[data-move]", column="Tomás", minutes=120)
    toast = page.get_by_role("status").filter(
        has_text="Luz Prueba moves to Tue 24 Nov, 12:00 (Madrid)."
    )
    expect(toast).to_be_visible()
    expect(page.locator('.dg-col[aria-label^="Tomás"] .appt.t-1200')).to_be_visible()
    one.refresh_from_db()
    assert (one.starts_at, one.professional_id) == (at("2026-11-24 12:00"), colleague.pk)
    assert_accessible(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator('.dg-col[aria-label^="Irene"] .appt.t-1000')).to_be_visible()
    one.refresh_from_db()
    assert one.starts_at == at("2026-11-24 10:00")


def test_a_card_dropped_on_a_taken_time_returns_with_the_reason(
    sit,
    live_server: LiveServer,
    desk: Person,
    one: Appointment,
    shared_service,
    professional,
    assert_accessible,
) -> None:
    book(
        shared_service,
        at("2026-11-24 12:00"),
        professional=professional,
        client=make_guest("Eva Ensayo", "eva@example.com"),
    )
    page = sit(desk)
    page.goto(live_server.url + TUESDAY)
    drag(page, ".appt[data-move].t-1000", column="Irene", minutes=120)
    refused = page.locator("#refused")
    expect(refused).to_contain_text("12:00 on Tuesday 24 November (Madrid) cannot be had.")
    expect(refused).to_contain_text("Irene has another appointment then.")
    expect(refused).to_be_focused()
    expect(page.locator('.dg-col[aria-label^="Irene"] .appt.t-1000')).to_be_visible()
    assert_accessible(page)
    one.refresh_from_db()
    assert one.starts_at == at("2026-11-24 10:00")
    refused.locator("a.slot").first.click()
    expect(page.get_by_role("button", name="Move it here")).to_be_visible()


def test_a_card_dropped_outside_the_hours_is_asked_about(
    sit, live_server: LiveServer, desk: Person, one: Appointment
) -> None:
    page = sit(desk)
    page.goto(live_server.url + TUESDAY)
    drag(page, ".appt[data-move]", column="Irene", minutes=165)
    expect(page.get_by_text("Irene is not open for all of that time.")).to_be_visible()
    one.refresh_from_db()
    assert one.starts_at == at("2026-11-24 10:00")
    page.get_by_label("Book it all the same").check()
    page.get_by_role("button", name="Move it here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Luz Prueba")
    one.refresh_from_db()
    assert one.starts_at == at("2026-11-24 12:45")


def test_escape_lets_go_and_a_press_opens(
    sit, live_server: LiveServer, desk: Person, one: Appointment, assert_accessible: Accessible
) -> None:
    page = sit(desk)
    page.goto(live_server.url + TUESDAY)
    wait_until_still(page)
    box = page.locator(".appt[data-move]").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 95, steps=5)
    expect(page.locator(".dg-lifted")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".dg-lifted")).to_have_count(0)
    page.mouse.up()
    one.refresh_from_db()
    assert one.starts_at == at("2026-11-24 10:00")
    page.locator(".appt[data-move]").first.click()
    sheet = page.get_by_role("dialog", name="Luz Prueba Booked")
    expect(sheet).to_contain_text("10:00")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(page.locator(".appt[data-move]").first).to_be_focused()
    page.keyboard.press("Enter")
    sheet.get_by_role("link", name="Open its page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Luz Prueba")


def test_on_the_telephone_a_client_is_found_and_booked(
    sit,
    live_server: LiveServer,
    desk: Person,
    client_card,
    shared_service,
    assert_accessible: Accessible,
) -> None:
    page = sit(desk)
    page.goto(live_server.url + "/desk/fisio-retiro/")
    page.get_by_role("link", name="New appointment").click()
    expect(page).to_have_url(re.compile("/book/"))
    assert_accessible(page)
    page.get_by_label("Name, email or phone of the client").press_sequentially("prueb")
    page.locator("#found a", has_text="Ana Prueba").click()
    expect(page.get_by_text("Somebody else")).to_be_visible()
    page.locator('a.day:has-text("Tue")').click()
    expect(page.get_by_role("heading", name="Tuesday 24 November")).to_be_visible()
    page.locator("a.slot", has_text="10:15").click()
    expect(page.locator("#decide")).to_contain_text("the client has not activated the account yet")
    assert_accessible(page)
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Booked: Ana Prueba")).to_be_visible()
    assert_accessible(page)
    made = Appointment.objects.get()
    assert (made.starts_at, made.client, made.device_zone) == (
        at("2026-11-24 10:15"),
        client_card,
        "Europe/Madrid",
    )


def test_on_a_phone_the_list_is_the_calendar(
    sit, live_server: LiveServer, desk: Person, one: Appointment, assert_accessible: Accessible
) -> None:
    page = sit(desk, viewport=kit.PHONE, locale="es-ES")
    page.goto(live_server.url + TUESDAY)
    expect(page.locator(".daygrid")).to_be_hidden()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= kit.PHONE["width"]
    page.locator(".agenda a", has_text="Luz Prueba").click()
    expect(page.locator(".acts a[href$='/move/']")).to_be_visible()
    assert_accessible(page)
    page.locator(".acts a[href$='/move/']").click()
    page.locator("a.slot", has_text="12:00").first.click()
    expect(page.locator("#decide form button")).to_be_visible()
    assert_accessible(page)
    page.locator("#decide form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Luz Prueba")
    one.refresh_from_db()
    assert one.starts_at == at("2026-11-24 12:00")
    page.locator(".acts a[href$='/cancel/']").click()
    expect(page.locator("button.btn-stop")).to_be_visible()
    assert_accessible(page)
    page.locator("button.btn-stop").click()
    expect(page.locator(".slip-void")).to_be_visible()
    one.refresh_from_db()
    assert one.status == Status.CANCELLED


def test_without_scripts_everything_can_be_done(
    sit, live_server: LiveServer, desk: Person, client_card, shared_service
) -> None:
    page = sit(desk, java_script_enabled=False)
    page.goto(live_server.url + "/desk/fisio-retiro/book/?day=2026-11-24")
    page.get_by_label("Name, email or phone of the client").fill("ana")
    page.get_by_role("button", name="Find").click()
    page.locator("#found a", has_text="Ana Prueba").click()
    page.get_by_role("link", name="Tomás").click()
    page.locator("a.slot", has_text="10:15").click()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Booked")
    made = Appointment.objects.get()
    assert (made.starts_at, made.professional.name) == (at("2026-11-24 10:15"), "Tomás")
    page.get_by_role("link", name="Move").click()
    page.get_by_role("link", name="Irene").click()
    page.locator("a.slot", has_text="11:00").click()
    page.get_by_role("button", name="Move it here").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    made.refresh_from_db()
    assert (made.starts_at, made.professional.name) == (at("2026-11-24 11:00"), "Irene")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    made.refresh_from_db()
    assert (made.starts_at, made.professional.name) == (at("2026-11-24 10:15"), "Tomás")
    page.goto(f"{live_server.url}/desk/fisio-retiro/appointments/{made.pk}/")
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Cancel the appointment").click()
    expect(page.locator(".slip-void")).to_be_visible()
    made.refresh_from_db()
    assert made.status == Status.CANCELLED


def test_the_keyboard_alone_moves_an_appointment(
    sit, live_server: LiveServer, desk: Person, one: Appointment
) -> None:
    page = sit(desk)
    page.goto(live_server.url + TUESDAY)
    _tab_to(page, ".appt[data-move]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    _tab_to(page, "dialog .acts a[href$='/move/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/")
    _tab_to(page, "a.slot")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move it here")).to_be_visible()
    _tab_to(page, "#decide form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="moves to")).to_be_visible()


def test_each_place_of_the_desk_is_accessible_in_dark_and_large(
    sit,
    live_server: LiveServer,
    desk: Person,
    one: Appointment,
    client_card,
    assert_accessible: Accessible,
) -> None:
    base = live_server.url + "/desk/fisio-retiro/"
    paths = [
        "?view=week&day=2026-11-24",
        "?view=list&day=2026-11-24",
        "clients/",
        f"clients/{client_card.pk}/",
        "clients/new/",
        "sessions/new/",
        f"appointments/{one.pk}/",
    ]
    for options in (
        {"color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 640}, "locale": "it-IT"},
    ):
        page = sit(desk, **options)
        for path in paths:
            page.goto(base + path)
            assert_accessible(page)
            width = page.viewport_size["width"]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def _tab_to(page: Page, selector: str, *, limit: int = 120) -> None:
    """Press Tab until the focus is on the element, and see that the focus shows."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    pytest.fail(f"Tab never reached {selector}")
