"""A couple shares sessions: Ana lets Luis use hers, he does, gives it back and uses it again; she reads it in her balance."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.cast import Person
from tests.journeys.test_client_pages import booked
from tests.kit import browser as kit
from tests.kit.signed_in import put_session
from tests.people.families import household_with
from tests.web.balance.conftest import take_online

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

Open = Callable[..., Page]
USE = re.compile("Use a session of Ana Prueba")


@pytest.fixture
def couple(business: Business, service: Service) -> dict[str, Client]:
    """Ana, who has five sessions, and Luis; they belong together and allow nothing yet."""
    service.price_minor = 6500
    service.needs_credits = True
    service.save()
    take_online(business)
    people = {
        name: proved_account(f"{name}@example.com", f"{name.title()} Prueba")
        for name in ("ana", "luis")
    }
    with business_scope(business.pk):
        cards = {
            name: own_card(factories.make_client(business, one.name, one.email), one)
            for name, one in people.items()
        }
        household_with(business, *cards.values())
        factories.pay(factories.sell(cards["ana"], factories.make_package(service)))
    return cards


def account_of(card: Client) -> Account:
    assert card.account is not None
    return card.account


def state_of(one: Appointment) -> str:
    with business_scope(one.business_id):
        one.refresh_from_db()
    return one.redemption


@pytest.mark.req("L4")
def test_one_lends_and_the_other_uses_gives_back_and_uses_again(
    live_server: LiveServer,
    open_page: Open,
    service: Service,
    couple: dict[str, Client],
    page: Page,
    desktop_page: Page,
    calm: Callable[..., None],
) -> None:
    visit = booked(service, couple["luis"], "2026-11-26 10:00")
    put_session(page.context, account_of(couple["ana"]), url=live_server.url)
    page.goto(f"{live_server.url}/client/household/")
    page.get_by_role("switch", name="Use my sessions").check()
    page.get_by_role("button", name=re.compile("Keep.*Fisio Retiro")).click()
    expect(page.get_by_text("Kept. It counts from now on.")).to_be_visible()
    calm(page, "lend-allowed")

    plain = open_page(viewport=kit.DESKTOP, locale="en-GB", java_script_enabled=False)
    put_session(plain.context, account_of(couple["luis"]), url=live_server.url)
    plain.goto(f"{live_server.url}/client/household/")
    expect(plain.get_by_text("use their sessions")).to_be_visible()
    plain.goto(f"{live_server.url}/client/appointments/{visit.pk}/")
    plain.get_by_role("button", name=USE).click()
    expect(plain.get_by_text("It is paid for with a session of Ana Prueba.")).to_be_visible()
    assert state_of(visit) == "redeemed"
    plain.get_by_role("button", name="Give the session back").click()
    expect(plain.get_by_text("The session is given back.")).to_be_visible()
    assert state_of(visit) == "pending"

    put_session(desktop_page.context, account_of(couple["luis"]), url=live_server.url)
    for screen in (page, desktop_page):
        put_session(screen.context, account_of(couple["luis"]), url=live_server.url)
        screen.goto(f"{live_server.url}/client/appointments/{visit.pk}/")
        expect(screen.get_by_role("button", name=USE)).to_be_visible()
        calm(screen, "lend-offered")
        screen.goto(f"{live_server.url}/client/appointments/{visit.pk}/pay")
        calm(screen, "lend-pay")
    desktop_page.get_by_role("button", name=USE).click()
    expect(desktop_page.get_by_role("button", name="Give the session back")).to_be_visible()
    calm(desktop_page, "lend-used")
    page.goto(f"{live_server.url}/client/appointments/{visit.pk}/")
    calm(page, "lend-used")
    assert state_of(visit) == "redeemed"

    for screen in (page, desktop_page):
        put_session(screen.context, account_of(couple["ana"]), url=live_server.url)
        screen.goto(f"{live_server.url}/client/balance/{couple['ana'].business.slug}/")
        expect(screen.get_by_text("One session used for Luis Prueba")).to_have_count(2)
        expect(screen.get_by_text("Came back: it was lent to Luis Prueba")).to_have_count(1)
        expect(screen.get_by_text("26 Nov")).to_have_count(0)
        calm(screen, "lend-balance")
        screen.get_by_role("link", name="Bono 5").first.click()
        expect(screen.get_by_text("Luis Prueba")).to_be_visible()
        calm(screen, "lend-sale")


@pytest.mark.req("L4")
def test_a_mother_uses_her_own_for_her_child(
    live_server: LiveServer,
    service: Service,
    business: Business,
    couple: dict[str, Client],
    page: Page,
    desktop_page: Page,
    calm: Callable[..., None],
) -> None:
    for screen in (page, desktop_page):
        put_session(screen.context, account_of(couple["ana"]), url=live_server.url)
    page.goto(f"{live_server.url}/client/household/")
    page.get_by_label("The child's name and surname").fill("Leo Prueba")
    page.get_by_role("button", name="Add the child").click()
    expect(page.get_by_text("Leo Prueba is there.")).to_be_visible()
    with business_scope(business.pk):
        leo = Client.objects.get(record_name="Leo Prueba")
        at = factories.at("2026-11-26 12:00")
        visit = factories.book(service, at, client=leo, by=factories.STAFF).appointment
    for screen in (page, desktop_page):
        screen.goto(f"{live_server.url}/client/balance/{business.slug}/")
        expect(screen.get_by_role("region", name="Sessions within your family")).to_contain_text(
            "Leo Prueba"
        )
        calm(screen, "lend-family")
    page.get_by_role("button", name=re.compile("Use a session of yours")).click()
    expect(page.get_by_text("Paid for with a session of yours")).to_be_visible()
    calm(page, "lend-family-used")
    assert state_of(visit) == "redeemed"


@pytest.mark.req("L4")
def test_the_front_desk_uses_a_credit_of_the_household_and_finds_it_on_both_records(
    live_server: LiveServer,
    service: Service,
    business: Business,
    couple: dict[str, Client],
    desk: Person,
    page: Page,
    desktop_page: Page,
    calm: Callable[..., None],
) -> None:
    visit = booked(service, couple["luis"], "2026-11-26 10:00")
    put_session(page.context, account_of(couple["ana"]), url=live_server.url)
    page.goto(f"{live_server.url}/client/household/")
    page.get_by_role("switch", name="Use my sessions").check()
    page.get_by_role("button", name=re.compile("Keep.*Fisio Retiro")).click()
    for screen in (page, desktop_page):
        put_session(screen.context, desk.account, url=live_server.url)
        screen.goto(f"{live_server.url}/desk/{business.slug}/appointments/{visit.pk}/")
        expect(
            screen.get_by_role("button", name="Use a credit of Ana Prueba (household)")
        ).to_be_visible()
        calm(screen, "lend-desk-offered")
    desktop_page.get_by_role("button", name="Use a credit of Ana Prueba (household)").click()
    expect(desktop_page.get_by_text("Redeemed with a credit of Ana Prueba.")).to_be_visible()
    calm(desktop_page, "lend-desk-used")
    for screen in (page, desktop_page):
        for name, said in (("ana", "Lent to Luis Prueba"), ("luis", "A credit of Ana Prueba")):
            screen.goto(
                f"{live_server.url}/desk/{business.slug}/clients/{couple[name].pk}/accounting/"
            )
            expect(screen.get_by_role("region", name="Lent within the household")).to_contain_text(
                said
            )
            calm(screen, f"lend-desk-{name}")
    page.goto(f"{live_server.url}/desk/{business.slug}/appointments/{visit.pk}/")
    page.get_by_role("button", name="Give the credit back").click()
    expect(page.get_by_text("The credit went back to whose it is.")).to_be_visible()
    calm(page, "lend-desk-back")
    assert state_of(visit) == "pending"
