"""The whole chain of a balance, staff and client side by side: booked without one, sold, paid. Then what is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.cast import Person
from tests.factories import STAFF, at, book
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]


@pytest.fixture
def ana(business: Business) -> Account:
    """Ana's own log-in."""
    return factories.make_account("ana@example.com", "Ana Prueba")


@pytest.fixture
def card(business: Business, scope: None, ana: Account) -> Client:
    """Her card, joined to it and activated."""
    made = factories.make_client(business)
    Client.objects.filter(pk=made.pk).update(account=ana, activated_at=factories.NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def physio(service: Service) -> Service:
    """Physiotherapy that needs a balance."""
    Service.objects.filter(pk=service.pk).update(needs_credits=True, price_minor=6_500)
    service.refresh_from_db()
    return service


@pytest.fixture
def five(physio: Service) -> Package:
    """Five sessions for 300 euros."""
    return factories.make_package(physio, name="Bono de 5", price_minor=30_000)


def staff_at(open_page: Open, live_server: LiveServer, desk: Person, size: dict[str, int]) -> Page:
    page = open_page(viewport=size, locale="en", timezone_id="Europe/Madrid")
    put_session(page.context, desk.account, url=live_server.url)
    return page


@pytest.mark.req("S1.15")
def test_booked_without_balance_sold_unpaid_and_paid_as_both_sides_read_it(
    open_page: Open,
    calm: Calm,
    live_server: LiveServer,
    desk: Person,
    ana: Account,
    card: Client,
    physio: Service,
    five: Package,
) -> None:
    staff = staff_at(open_page, live_server, desk, kit.DESKTOP)
    client = open_page(viewport=kit.PHONE, locale="en", timezone_id="Europe/Madrid")
    put_session(client.context, ana, url=live_server.url)
    house, own = f"{live_server.url}/desk/fisio-retiro", f"{live_server.url}/client"
    record = f"{house}/clients/{card.pk}/"

    # Booked without a balance: the place is reserved, and waits for redemption.
    staff.goto(f"{house}/book/?client={card.pk}&service={physio.pk}&start=20261126T1600Z")
    staff.get_by_role("button", name="Book", exact=True).click()
    expect(staff.get_by_role("status")).to_contain_text("Booked")
    staff.goto(record)
    expect(staff.locator("main .badge", has_text="Pending redemption").last).to_be_visible()
    expect(staff.get_by_text("1 appointment is pending redemption")).to_be_visible()
    expect(staff.locator(".tabs")).to_contain_text("Bookingswarning: 1")
    client.goto(f"{own}/")
    expect(client.get_by_text("Pending payment").first).to_be_visible()
    calm(staff, "chain-1-staff")
    calm(client, "chain-1-client")

    # Sold: booked for both, and now it is the sale that waits for its payment.
    staff.get_by_role("link", name="Sell", exact=True).last.click()
    expect(staff.get_by_role("heading", name="What happens")).to_be_visible()
    expect(staff.locator(".sale-aside")).to_contain_text("redeems credit 1 of 5")
    calm(staff, "chain-2-staff")
    staff.get_by_role("button", name="Confirm the sale").click()
    expect(staff.get_by_role("status")).to_contain_text("Sold: Bono de 5.")
    expect(staff.locator(".desk-head")).to_contain_text("Pending payment")
    staff.goto(record)
    expect(staff.locator("main table")).to_contain_text("Booked")
    expect(staff.get_by_text("pending redemption")).to_have_count(0)
    client.goto(f"{own}/")
    expect(client.get_by_text("Booked").first).to_be_visible()
    staff.get_by_role("link", name="Accounting").click()
    expect(staff.get_by_text("A sale is pending payment: €300.00")).to_be_visible()
    client.goto(f"{own}/balance/fisio-retiro/")
    expect(client.get_by_text("Pending payment").first).to_be_visible()
    calm(staff, "chain-3-staff")
    calm(client, "chain-3-client")

    _pay(staff, client, record)
    calm(staff, "chain-4-staff")
    calm(client, "chain-4-client")


def _pay(staff: Page, client: Page, record: str) -> None:
    """Paid: nothing waits any more, on either side."""
    staff.get_by_role("link", name="Take €300.00").click()
    staff.get_by_role("button", name="Take payment").click()
    expect(staff.get_by_role("status")).to_contain_text("Taken: €300.00.")
    expect(staff.locator(".desk-head")).to_contain_text("Paid")
    staff.goto(f"{record}accounting/")
    expect(staff.get_by_text("pending payment")).to_have_count(0)
    client.reload()
    expect(client.get_by_text("Pending payment")).to_have_count(0)
    expect(client.get_by_text("Paid", exact=True).first).to_be_visible()


@pytest.mark.req("S1.17")
@pytest.mark.req("S1.20")
def test_on_a_phone_the_past_is_redeemed_from_its_own_day_and_voiding_opens_it_again(
    open_page: Open,
    calm: Calm,
    live_server: LiveServer,
    desk: Person,
    card: Client,
    physio: Service,
    five: Package,
    business: Business,
) -> None:
    past = book(
        physio, at("2026-11-12 17:00"), client=card, now=at("2026-11-10 10:00"), by=STAFF
    ).appointment
    staff = staff_at(open_page, live_server, desk, kit.PHONE)
    house = f"{live_server.url}/desk/fisio-retiro"

    staff.goto(f"{house}/sales/")
    calm(staff, "settle")
    staff.get_by_role("link", name="Sell to Ana Prueba").click()
    # What covers it is chosen already, from its own day; another day is one press away, with its own effect.
    expect(staff.get_by_label("Bono de 5")).to_be_checked()
    today = staff.locator("label.choice", has_text="Today, Monday 23 November")
    expect(today).to_contain_text("does not change")
    # Who is quicker than the line keeps what they chose: the answer to the choice before comes too late.
    held: list[Route] = []
    staff.route("**/sell/?*applies=2026-11-23*", lambda route: held.append(route))  # noqa: PLW0108 -- Playwright marks the function
    today.click()
    expect(staff.locator(".htmx-request")).to_have_count(1)
    staff.locator("#id_other").fill("2026-11-13")
    expect(staff.get_by_label("Another day")).to_be_checked()
    # Money that is taken shows its fields; what is typed survives another choice.
    amount = staff.get_by_label("Amount")
    expect(amount).to_be_hidden()
    staff.get_by_text("Cash", exact=True).click()
    amount.fill("100")
    assert len(held) == 1
    with staff.expect_response("**/sell/?*applies=other*"):
        held[0].continue_()
    expect(staff.locator(".htmx-request")).to_have_count(0)
    expect(staff.get_by_label("Another day")).to_be_checked()
    expect(staff.locator("#id_other")).to_have_value("2026-11-13")
    expect(staff.locator(".sale-aside")).to_contain_text("goes on waiting for redemption")
    _write_on_the_date(staff)
    own_day = staff.locator("label.choice", has_text="Thursday 12 November, the day of the oldest")
    own_day.click()
    expect(staff.locator(".sale-aside")).to_contain_text("redeems credit 1 of 5")
    expect(staff.locator(".sale-aside")).to_contain_text("€200.00 still to come")
    expect(amount).to_have_value("100")
    calm(staff, "sell")
    staff.get_by_role("button", name="Confirm the sale").click()
    expect(staff.locator(".desk-head")).to_contain_text("Partly paid")
    expect(staff.locator("main")).to_contain_text("credit 1 of 5")

    _void(staff, calm)
    with business_scope(business.pk):
        assert Appointment.objects.get(pk=past.pk).redemption == "pending"


def _write_on_the_date(staff: Page) -> None:
    """Each part of a date is a change of its own: the effect is drawn around the field, which is written on."""
    staff.locator("#id_other").focus()
    staff.keyboard.press("ArrowRight")
    for _ in range(2):
        with staff.expect_response("**/sell/?*applies=other*"):
            staff.keyboard.press("ArrowUp")
        expect(staff.locator(".htmx-request")).to_have_count(0)
    expect(staff.locator("#id_other")).to_be_focused()
    expect(staff.locator("#id_other")).to_have_value("2026-11-15")


def _void(staff: Page, calm: Calm) -> None:
    staff.get_by_role("link", name="Void the sale").click()
    expect(staff.locator("main")).to_contain_text("€100.00 goes back to the client.")
    calm(staff, "void")
    staff.get_by_label("Why?").fill("The wrong client")
    staff.get_by_role("button", name="Void the sale").click()
    expect(staff.get_by_role("status")).to_contain_text("The sale is void.")


@pytest.mark.parametrize(
    ("size", "locale"),
    [(kit.PHONE, "es"), (kit.PHONE, "it"), (kit.DESKTOP, "en")],
    ids=["phone-es", "phone-it", "desktop-en"],
)
def test_every_page_about_money_is_calm_in_three_languages(  # noqa: PLR0917 -- fixtures
    open_page: Open,
    calm: Calm,
    live_server: LiveServer,
    desk: Person,
    card: Client,
    physio: Service,
    five: Package,
    size: dict[str, int],
    locale: str,
) -> None:
    one = book(physio, at("2026-11-26 17:00"), client=card, by=STAFF).appointment
    page = open_page(viewport=size, locale=locale, timezone_id="Europe/Madrid")
    put_session(page.context, desk.account, url=live_server.url)
    house = f"{live_server.url}/desk/fisio-retiro"
    page.goto(f"{house}/appointments/{one.pk}/waive/")
    calm(page)
    sale = factories.sell(card, five)
    paths = [
        "sales/",
        f"clients/{card.pk}/sell/",
        f"clients/{card.pk}/accounting/",
        *(f"sales/{sale.pk}/{tail}" for tail in ("", "pay/", "void/", "invoice/")),
        f"appointments/{one.pk}/",
        f"appointments/{one.pk}/cancel/",
    ]
    for path in paths:
        page.goto(f"{house}/{path}")
        calm(page)


def test_without_scripts_and_by_keyboard_a_sale_is_shown_first_and_then_made(
    open_page: Open,
    live_server: LiveServer,
    desk: Person,
    card: Client,
    physio: Service,
    five: Package,
) -> None:
    book(physio, at("2026-11-26 17:00"), client=card, by=STAFF)
    page = open_page(viewport=kit.DESKTOP, locale="en", java_script_enabled=False)
    put_session(page.context, desk.account, url=live_server.url)
    page.goto(f"{live_server.url}/desk/fisio-retiro/clients/{card.pk}/sell/")
    page.get_by_label("Application date").fill("2026-11-27")
    page.get_by_role("button", name="Show the effect").last.press("Enter")
    expect(page.locator(".sale-aside")).to_contain_text("goes on waiting for redemption")
    page.get_by_label("Today, Monday 23 November").press("Space")
    page.get_by_role("button", name="Show the effect").first.press("Enter")
    expect(page.locator(".sale-aside")).to_contain_text("redeems credit 1 of 5")
    page.get_by_role("button", name="Confirm the sale").press("Enter")
    expect(page.locator(".desk-head")).to_contain_text("Pending payment")
