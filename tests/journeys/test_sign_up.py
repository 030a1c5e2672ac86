"""From the link anyone may share to one's own home, in three languages, on a phone and on a desktop."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.kit import browser as kit
from tests.web.mails import delivered, link_of

from clientela.accounts.models import Account
from clientela.business.models import Business

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
PASSWORD = "four calm green otters"


@dataclass(frozen=True)
class Words:
    """What a person who reads this language looks for."""

    locale: str
    heading: str
    create: str
    button: str
    mailbox: str
    confirm: str


SPEAKERS = (
    Words(
        "en-GB",
        "Sign in to Fisio Retiro",
        "Create an account",
        "Create my account",
        "Look in your mailbox",
        "Confirm my address",
    ),
    Words(
        "es-ES",
        "Inicia sesión en Fisio Retiro",
        "Crear una cuenta",
        "Crear mi cuenta",
        "Mira tu correo",
        "Confirmar mi dirección",
    ),
    Words(
        "it-IT",
        "Accedi a Fisio Retiro",
        "Crea un account",
        "Crea il mio account",
        "Guarda la tua posta",
        "Conferma il mio indirizzo",
    ),
)


@pytest.mark.req("S2.2", "S2.4", "S2.7", "S3.1", "S3.17")
@pytest.mark.parametrize(
    ("viewport", "words"),
    list(zip((kit.PHONE, kit.DESKTOP, kit.PHONE), SPEAKERS, strict=True)),
    ids=["phone-en", "desktop-es", "phone-it"],
)
def test_from_a_business_to_an_account_a_proof_and_home(
    live_server: LiveServer,
    open_page: Open,
    calm: Calm,
    business: Business,
    viewport: dict[str, int],
    words: Words,
) -> None:
    name = f"{words.locale}-{viewport['width']}"
    page = open_page(viewport=viewport, locale=words.locale)
    page.goto(f"{live_server.url}/client/login?next=/{business.slug}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(words.heading)
    calm(page, f"1-login-{name}")
    page.locator("#by-password summary").click()
    calm(page, f"2-password-{name}")
    page.locator("main").get_by_role("link", name=words.create).click()
    expect(page.get_by_role("button", name=words.button)).to_be_visible()
    calm(page, f"3-create-{name}")
    page.get_by_role("button", name=words.button).click()
    expect(page.locator("#errors")).to_be_focused()
    calm(page, f"4-errors-{name}")
    page.locator("#id_name").fill("Nina Prueba")
    page.locator("#id_email").fill("nina@example.com")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name=words.button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.mailbox)
    calm(page, f"5-mailbox-{name}")
    (mail,) = delivered("nina@example.com")
    page.goto(live_server.url + link_of(mail).removeprefix(settings.PUBLIC_URL))
    calm(page, f"6-proof-{name}")
    page.get_by_role("button", name=words.confirm).click()
    expect(page).to_have_url(f"{live_server.url}/{business.slug}/")
    account = Account.objects.get(email="nina@example.com")
    assert account.language == words.locale[:2]
    assert account.check_password(PASSWORD)
    page.goto(f"{live_server.url}/client/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_signing_up_needs_no_script(
    live_server: LiveServer, open_page: Open, business: Business
) -> None:
    page = open_page(viewport=kit.PHONE, java_script_enabled=False)
    page.goto(f"{live_server.url}/client/create-account")
    page.locator("#id_name").fill("Nina Prueba")
    page.locator("#id_email").fill("nina@example.com")
    page.locator("form button.btn-solid").click()
    expect(page).to_have_url(re.compile("/client/verify$"))
    page.goto(f"{live_server.url}/client/login")
    page.locator("#by-password summary").click()
    page.locator("#id_login").fill("nina@example.com")
    page.locator("#id_password").fill("wrong wrong wrong wrong")
    page.locator("#by-password button.btn-solid").click()
    expect(page.locator("#id_login")).to_have_value("nina@example.com")
    expect(page.locator("#id_password")).to_be_visible()
