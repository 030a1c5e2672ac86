"""A couple on the phone and at the desk: one asks, the other agrees, each says what the other may do, one leaves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.kit.signed_in import put_session

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.people.household_links import token_of
from clientela.people.models import HouseholdInvitation
from clientela.people.queries.households import lent_to
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


def client_of(business: Business, email: str, name: str) -> Account:
    account = proved_account(email, name)
    with business_scope(business.pk):
        own_card(factories.make_client(business, name, email), account)
    return account


@pytest.mark.req("S0.13", "S0.14", "L4")
def test_a_couple_finds_each_other_and_one_leaves_in_silence(
    live_server: LiveServer,
    business: Business,
    page: Page,
    desktop_page: Page,
    calm: Callable[..., None],
) -> None:
    ana = client_of(business, "ana@example.com", "Ana Prueba")
    luis = client_of(business, "luis@example.com", "Luis Prueba")
    put_session(page.context, ana, url=live_server.url)
    page.goto(f"{live_server.url}/client/profile")
    page.get_by_role("link", name="See or invite").click()
    page.get_by_label("Their email").fill("luis@example.com")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("Nothing changes before they agree.")).to_be_visible()
    page.get_by_label("The child's name and surname").fill("Leo Prueba")
    page.get_by_role("button", name="Add the child").click()
    expect(page.get_by_text("You answer for this child")).to_be_visible()
    calm(page, "household-asked")

    link = f"{live_server.url}/client/household/invitation/{token_of(HouseholdInvitation.objects.get())}/"
    desktop_page.goto(link)
    calm(desktop_page, "household-invited-guest")
    put_session(desktop_page.context, luis, url=live_server.url)
    desktop_page.goto(link)
    expect(desktop_page.get_by_role("switch", checked=True)).to_have_count(0)
    desktop_page.get_by_role("switch", name="See my appointments").check()
    calm(desktop_page, "household-invited")
    desktop_page.get_by_role("button", name="Yes, we belong together").click()
    desktop_page.get_by_role("link", name="Couple or family").click()
    expect(desktop_page).to_have_url(f"{live_server.url}/client/household/")
    calm(desktop_page, "household-other")

    page.reload()
    expect(page.get_by_text("see their appointments")).to_be_visible()
    page.get_by_role("switch", name="Book for me").check()
    page.get_by_role("button", name=re.compile("Keep.*Fisio Retiro")).click()
    expect(page.get_by_text("Kept. It counts from now on.")).to_be_visible()
    page.get_by_text("What the others may do for Leo Prueba").click()
    expect(page.locator("details[open]", has_text="for Leo Prueba")).to_be_visible()
    calm(page, "household-couple")
    assert len(lent_to(account_id=luis.pk, what="book")) == 1
    page.get_by_text("Leave the couple or family").click()
    page.get_by_role("button", name="Leave at Fisio Retiro").click()
    expect(page.get_by_text("Everything that is yours stays yours.")).to_be_visible()
    calm(page, "household-left")
    assert lent_to(account_id=luis.pk, what="book") == []
