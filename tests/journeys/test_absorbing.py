"""The way out of article two: a new card with the right address absorbs the old one, and it can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Person
from tests.factories import NOW, STAFF, at, book, make_client, make_package, sell
from tests.kit import browser as kit
from tests.kit.signed_in import put_session
from tests.people.persons import person

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.models import Client, Merge
from clientela.people.queries.merge_by_refusal import refusal_token
from clientela.platform.tenancy import system_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLUG = "/desk/fisio-retiro"


@pytest.fixture
def old(business: Business, credit_service: Service) -> Client:
    """Luz's old card: its address signs in, it has a package, and two visits are booked on it."""
    card = make_client(
        business, "Luz Pruebas", "luz@old.example", phones=["+34600112233"], note="Left knee"
    )
    sell(card, make_package(credit_service, credits=5))
    for hour in (10, 12):
        book(credit_service, at(f"2026-11-26 {hour}:00"), client=card, by=STAFF)
    claim_cards(account=person("luz@old.example", "Luz Pruebas"), now=NOW)
    return card


@pytest.mark.req("S1.36", "S1.37", "S1.38", "S1.39")
def test_a_new_card_with_the_right_address_absorbs_the_old_one_and_the_mailbox_may_say_no(
    open_page: Callable[..., Page],
    live_server: LiveServer,
    calm: Callable[..., None],
    desk: Person,
    old: Client,
) -> None:
    page = open_page(viewport=kit.DESKTOP)
    put_session(page.context, desk.account, url=live_server.url)
    page.goto(f"{live_server.url}{SLUG}/clients/new/")
    page.get_by_label("Name and surname").fill("Luz Prueba")
    page.get_by_label("Email").first.fill("luz@old.example")
    page.get_by_role("button", name="Keep the card").click()
    expect(page.get_by_text("already in use on another card")).to_be_visible()
    calm(page, "absorb-in-use")
    page.get_by_role("link", name="Absorb", exact=True).click()
    expect(page.get_by_role("heading", name="One card of two")).to_be_visible()
    expect(page.get_by_text("72 hours")).to_be_visible()
    calm(page, "absorb-preview")
    page.set_viewport_size(kit.PHONE)
    calm(page, "absorb-preview")
    page.get_by_role("button", name="Make it one card").click()
    expect(page.get_by_text("Write how you know")).to_be_visible()
    page.get_by_label("How do you know").fill("She came in with her passport")
    page.get_by_role("button", name="Make it one card").click()
    expect(page.get_by_role("heading", name="Joined cards")).to_be_visible()
    expect(page.get_by_text("Hidden from the client")).to_be_visible()
    calm(page, "absorb-merges")
    page.set_viewport_size(kit.DESKTOP)
    calm(page, "absorb-merges")
    page.goto(f"{live_server.url}{SLUG}/clients/{old.pk}/")
    expect(page.get_by_role("heading", name="Luz Prueba", exact=True)).to_be_visible()
    page.goto(f"{live_server.url}{SLUG}/clients/{old.pk}/absorb/?q=")
    calm(page, "absorb-choose")

    with system_scope("the mail is not opened here"):
        merge = Merge.objects.get()
    reader = open_page(viewport=kit.PHONE)
    reader.goto(f"{live_server.url}/client/not-me/{refusal_token(merge)}/")
    calm(reader, "not-me")
    reader.get_by_role("button", name="It was not me").click()
    expect(reader.get_by_role("heading", name="The cards are two again")).to_be_visible()
    calm(reader, "not-me-done")
    page.goto(f"{live_server.url}{SLUG}/clients/{old.pk}/merges/")
    expect(page.get_by_text("Parted again")).to_be_visible()
    expect(page.get_by_text("by the client")).to_be_visible()
    calm(page, "absorb-parted")
