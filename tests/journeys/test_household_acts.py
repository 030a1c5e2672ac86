"""For each other: one books for the other, sees it among the family's, and may pay what the other bought."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.kit.signed_in import put_session
from tests.people.families import household_with
from tests.web.balance.conftest import take_online

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


@pytest.mark.req("L4")
def test_one_books_for_the_other_sees_it_and_may_pay_what_they_bought(
    live_server: LiveServer,
    business: Business,
    service: Service,
    page: Page,
    desktop_page: Page,
    calm: Callable[..., None],
) -> None:
    accounts = [
        proved_account(f"{one}@example.com", f"{one.title()} Prueba") for one in ("ana", "bea")
    ]
    take_online(business)
    with business_scope(business.pk):
        ana, bea = (
            own_card(factories.make_client(business, one.name, one.email), one) for one in accounts
        )
        household_with(business, ana, bea, lets_book=True, lets_see=True, lets_pay=True)
        factories.sell(bea, factories.make_package(service))
    for screen in (page, desktop_page):
        put_session(screen.context, accounts[0], url=live_server.url)
        screen.goto(f"{live_server.url}/{business.slug}/?start=20261124T0900Z")
        screen.get_by_role("link", name="Bea Prueba").click()
        expect(screen.locator("#booking-as")).to_contain_text("for Bea Prueba")
        calm(screen, "family-book")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("heading", name="Booked for Bea on Tuesday")).to_be_visible()
    expect(page.get_by_text("Bono 5")).to_have_count(0)
    calm(page, "family-booked")
    with business_scope(business.pk):
        assert Appointment.objects.get().client == bea
    for screen in (page, desktop_page):
        screen.goto(f"{live_server.url}/client/")
        expect(screen.get_by_role("region", name="Family")).to_contain_text("Bea Prueba")
        calm(screen, "family-seen")
        screen.goto(f"{live_server.url}/client/balance/{business.slug}/")
        calm(screen, "family-owed")
        expect(screen.get_by_role("button", name="Pay €200")).to_be_visible()
