"""A guest's slip is noticed, a code goes to the right address, and the booking stands on their own card (L15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.kit import browser as kit
from tests.web.mails import delivered

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]


@pytest.fixture
def luz(business: Business, service: Service) -> Client:
    """Luz, who has an account and a card here, and forgot both."""
    account = factories.make_account("luz@example.com", "Luz Prueba")
    Account.objects.filter(pk=account.pk).update(language="es")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    with business_scope(business.pk):
        card = factories.make_client(business, "Luz Prueba", account.email)
        card.account, card.activated_at = account, factories.NOW
        card.save()
    return card


@pytest.mark.req("L15", "S0.21")
@pytest.mark.parametrize(
    ("screen", "scripts"),
    [
        pytest.param(
            {"viewport": kit.PHONE, "color_scheme": "light", "locale": "es-ES"},
            False,
            id="phone-without-scripts",
        ),
        pytest.param(
            {"viewport": kit.DESKTOP, "color_scheme": "dark", "locale": "it-IT"}, True, id="desktop"
        ),
    ],
)
def test_a_slip_a_hint_a_code_and_the_booking_is_on_the_own_card(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    luz: Client,
    business: Business,
    screen: dict[str, Any],
    scripts: bool,
) -> None:
    page = open_page(**screen, java_script_enabled=scripts)
    page.goto(f"{live_server.url}/fisio-retiro/")
    page.locator("a.slot", has_text="11:30").first.click()
    expect(page.locator("#summary")).to_contain_text("11:30")
    page.locator("#id_note").fill("Rodilla izquierda")
    page.locator("#id_email").fill("luz@exmaple.com")
    go_on = page.locator("#by-code button[value=code]")
    if scripts:
        calm(page, "door-form")
        page.locator("#id_note").focus()  # leaving the field asks already
    else:
        go_on.click()
        expect(page.locator(".tip")).to_contain_text("luz@example.com")
    page.locator(".fix", has_text="luz@example.com").click()
    if scripts:
        expect(page.locator("#id_email")).to_have_value("luz@example.com")
        go_on.click()
    page.wait_for_url("**/client/login/code/enter**")
    expect(page.locator("main")).to_contain_text("luz@example.com")
    if scripts:
        calm(page, "door-code")
    (mail,) = delivered("luz@example.com")
    code = re.match(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(mail["subject"]))
    assert code is not None
    page.locator("#id_code").fill(code[0])
    page.locator("main .btn-solid").click()
    expect(page.locator("#details")).to_contain_text("Luz Prueba")
    expect(page.locator("#id_note")).to_have_value("Rodilla izquierda")
    if scripts:
        calm(page, "door-known")
    page.locator("button[form=book]:visible").first.click()
    page.wait_for_url("**/booked/**")
    with business_scope(business.pk):
        made = Appointment.objects.get()
        assert (made.client_id, made.account_id) == (luz.pk, luz.account_id)
        assert made.client_note == "Rodilla izquierda"
        assert Client.objects.count() == 1
