"""Signing in by a mailed code, and every page of signing in on small and large screens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.kit import browser as kit
from tests.web.mails import delivered

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account
from clientela.business.models import Business, Role
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
PASSWORD = "four calm green otters"


@pytest.fixture
def olga(business: Business) -> Account:
    """An owner with a password."""
    account = create_account(
        email="olga@example.com",
        name="Olga",
        password=PASSWORD,
        by=factories.SYSTEM,
        now=factories.NOW,
    )
    with business_scope(business.pk):
        factories.make_member(business, account, Role.OWNER)
    return account


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(kit.PHONE, "dark"), (kit.DESKTOP, "light"), ({"width": 320, "height": 700}, "light")],
    ids=["phone", "desktop", "narrow"],
)
def test_a_mailed_code_opens_the_desk_and_each_page_is_accessible(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    olga: Account,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(viewport=viewport, color_scheme=theme, locale="es-ES")
    page.goto(f"{live_server.url}/desk/fisio-retiro/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inicia sesión en Fisio Retiro")
    calm(page)
    page.locator("#by-password summary").click()
    page.locator("#id_login").fill("olga@example.com")
    page.locator("#id_password").fill("wrong wrong wrong wrong")
    page.locator("#by-password button.btn-solid").click()
    expect(page.locator("#errors")).to_be_focused()
    calm(page)
    page.get_by_role("link", name="¿Olvidaste tu contraseña?").click()
    expect(page.get_by_role("link", name="Volver a iniciar sesión")).to_be_visible()
    calm(page)
    page.get_by_role("link", name="Volver a iniciar sesión").click()
    page.locator("#id_email").fill("olga@example.com")
    page.get_by_role("button", name="Enviarme un código", exact=True).click()
    expect(page.locator("#id_code")).to_be_visible()
    calm(page)
    (mail,) = delivered("olga@example.com")
    code = re.match(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(mail["subject"]))
    assert code is not None
    page.locator("#id_code").fill(code[0])
    page.get_by_role("button", name="Iniciar sesión").click()
    expect(page).to_have_url(re.compile("/desk/"))
    expect(page.locator(".desk-main")).to_be_visible()
    page.goto(f"{live_server.url}/client/password")
    calm(page)
    page.goto(f"{live_server.url}/client/logout")
    calm(page)
