"""A client's record at the desk: every tab on both sizes, in three languages; binding and inviting by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Person
from tests.factories import at, book
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.people.models import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Accessible = Callable[..., None]
TABS = ("", "profile/", "accounting/", "messages/", "history/")


def sit(page: Page, person: Person, live_server: LiveServer) -> Page:
    """Sign the page's browser in."""
    put_session(page.context, person.account, url=live_server.url)
    return page


def width_of_page(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.req("S3.7")
@pytest.mark.parametrize(
    ("size", "spoken"),
    [
        (kit.PHONE, "es Ficha del cliente"),
        (kit.PHONE, "it Scheda del cliente"),
        (kit.DESKTOP, "en Client record"),
    ],
    ids=["phone-es", "phone-it", "desktop-en"],
)
def test_every_tab_reads_in_three_languages_and_is_accessible(
    open_page: Open,
    assert_accessible: Accessible,
    live_server: LiveServer,
    desk: Person,
    client_card: Client,
    service,
    size,
    spoken,
) -> None:
    language, _, words = spoken.partition(" ")
    book(service, at("2026-11-24 10:00"), client=client_card)
    page = sit(open_page(viewport=size, locale=language), desk, live_server)
    for tab in TABS:
        page.goto(f"{live_server.url}/desk/fisio-retiro/clients/{client_card.pk}/{tab}")
        expect(page.get_by_role("navigation", name=words)).to_be_visible()
        assert width_of_page(page) <= size["width"]
        assert_accessible(page)


@pytest.mark.req("S1.26")
@pytest.mark.req("S1.40")
def test_a_client_is_bound_and_invited_by_hand(
    open_page: Open, live_server: LiveServer, desk: Person, client_card: Client, professional
) -> None:
    page = sit(open_page(viewport=kit.PHONE), desk, live_server)
    page.goto(live_server.url + "/desk/fisio-retiro/clients/?q=ana")
    page.get_by_role("link", name="Ana Prueba").click()
    page.get_by_role("link", name="Profile").click()
    page.get_by_label("Sees and books only with").select_option(label=professional.name)
    page.get_by_role("button", name="Keep the card").click()
    expect(page.get_by_text(f"Only with {professional.name}")).to_be_visible()
    page.get_by_role("button", name="Send the welcome email").click()
    expect(page.get_by_role("status")).to_contain_text("ana@example.com")
    expect(page.get_by_role("button", name="Send the welcome email again")).to_be_visible()
