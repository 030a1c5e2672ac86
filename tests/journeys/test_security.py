"""How one gets in, by hand: an app's codes, a passkey of a virtual device, an account elsewhere, a list of browsers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import factories
from tests.kit import browser as kit
from tests.kit.provider import Provider, running_provider
from tests.web.security.apps import code_for

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Accessible = Callable[..., None]
PASSWORD = "four calm green otters"
SHOTS = os.environ.get("CLIENTELA_SHOTS", "")


@pytest.fixture(scope="module")
def house() -> Iterator[Provider]:
    with running_provider() as one:
        yield one


@pytest.fixture
def site(live_server: LiveServer, house: Provider, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installation at a name, so that passkeys can be made for it, with one account elsewhere configured."""
    url = f"http://localhost:{live_server.thread.port}"
    monkeypatch.setattr(settings, "PUBLIC_URL", url)
    monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", [house.settings()])
    return url


@pytest.fixture
def ana(db: None) -> Account:
    return create_account(
        email="ana@example.com",
        name="Ana Prueba",
        password=PASSWORD,
        zone="Europe/Madrid",
        by=factories.SYSTEM,
        now=factories.NOW,
    )


def enter(page: Page, site: str) -> None:
    """Sign in with the password, by the form in the fold."""
    page.goto(f"{site}/client/login")
    page.locator("#by-password summary").click()
    page.locator("#id_login").fill("ana@example.com")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#by-password form button.btn-solid").click()
    expect(page.locator("#by-password")).to_have_count(0)


def prove(page: Page) -> None:
    """The password once more."""
    expect(page).to_have_url(re.compile("/client/login/again"))
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button.btn-solid").first.click()
    expect(page).not_to_have_url(re.compile("/client/login/again"))


def leave(page: Page, site: str) -> None:
    """Sign out, by the page that asks."""
    page.goto(f"{site}/client/logout")
    page.locator("main button.btn-solid").click()
    expect(page).not_to_have_url(re.compile("/client/logout"))


@pytest.mark.req("AUT-08")
@pytest.mark.parametrize(
    ("viewport", "theme", "locale"),
    [
        (kit.PHONE, "light", "es-ES"),
        (kit.DESKTOP, "dark", "it-IT"),
        ({"width": 320, "height": 700}, "light", "en-GB"),
    ],
    ids=["phone-es", "desktop-it", "narrow-en"],
)
def test_an_app_is_turned_on_asked_for_and_turned_off(
    site: str,
    open_page: Open,
    calm: Callable[..., None],
    ana: Account,
    viewport: dict[str, int],
    theme: str,
    locale: str,
) -> None:
    page = open_page(viewport=viewport, color_scheme=theme, locale=locale)
    enter(page, site)
    page.goto(f"{site}/client/security/")
    calm(page, "overview")
    page.goto(f"{site}/client/security/app/")
    prove(page)
    calm(page, "app-on")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.locator("#id_code").fill("000000")
    page.locator("main button.btn-solid").click()
    expect(page.locator("#errors")).to_be_focused()
    calm(page, "app-wrong")
    page.locator("#id_code").fill(code_for(secret))
    page.locator("main button.btn-solid").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    recovery = page.locator(".recovery-codes code").first.inner_text()
    calm(page, "codes")
    page.goto(f"{site}/client/security/codes/new/")
    calm(page, "codes-new")
    page.goto(f"{site}/client/security/sessions/")
    calm(page, "sessions")

    other = open_page(viewport=viewport, color_scheme=theme, locale=locale)
    enter(other, site)
    expect(other).to_have_url(re.compile("/client/login/second-step"))
    calm(other, "second-step")
    other.locator("#id_code").fill(recovery)
    other.locator("main button.btn-solid").click()
    expect(other).not_to_have_url(re.compile("/client/login"))
    other.goto(f"{site}/client/security/codes/")
    calm(other, "codes-hidden")
    expect(other.locator(".recovery-codes")).to_have_count(0)

    page.goto(f"{site}/client/security/app/off/")
    calm(page, "app-off")
    page.locator("button.btn-stop").click()
    expect(page).to_have_url(f"{site}/client/security/")
    assert not Authenticator.objects.filter(user=ana).exists()


def virtual_device(page: Page, *, verified: bool = True) -> CDPSession:
    """A device that holds passkeys, as Chromium pretends one; its owner's finger is right, or not."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": verified,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


@pytest.mark.req("AUT-08")
@pytest.mark.parametrize(("viewport", "locale"), [(kit.PHONE, "it-IT"), (kit.DESKTOP, "es-ES")])
def test_a_passkey_is_made_named_used_and_removed(
    site: str,
    open_page: Open,
    calm: Callable[..., None],
    ana: Account,
    viewport: dict[str, int],
    locale: str,
) -> None:
    page = open_page(viewport=viewport, locale=locale)
    virtual_device(page)
    enter(page, site)
    page.goto(f"{site}/client/security/passkeys/")
    calm(page, "passkeys-none")
    page.locator("main a.btn-solid").click()
    prove(page)
    calm(page, "passkey-add")
    page.locator("#id_name").fill("My telephone")
    page.locator("main button.btn-solid").click()
    expect(page.locator(".lines strong")).to_have_text("My telephone")
    calm(page, "passkeys")
    leave(page, site)
    page.goto(f"{site}/client/login?next=/client/security/passkeys/")
    calm(page, "login")
    page.locator("form[data-passkey] button").click()
    expect(page).to_have_url(f"{site}/client/security/passkeys/")
    page.locator(".lines a.btn-icon").first.click()
    prove(page)
    calm(page, "passkey-rename")
    page.locator("#id_name").fill("Old telephone")
    page.locator("main button.btn-solid").click()
    expect(page.locator(".lines strong")).to_have_text("Old telephone")
    page.locator(".lines a.btn-icon").last.click()
    expect(page.locator("button.btn-stop")).to_be_visible()
    calm(page, "passkey-remove")
    page.locator("button.btn-stop").click()
    expect(page).to_have_url(f"{site}/client/security/passkeys/")
    expect(page.locator(".lines strong")).to_have_count(0)
    leave(page, site)
    page.goto(f"{site}/client/login")
    page.locator("form[data-passkey] button").click()
    expect(page).to_have_url(re.compile("passkey=refused"))
    calm(page, "login-refused")


@pytest.mark.req("AUT-08")
def test_a_finger_that_is_not_right_makes_nothing_and_the_page_says_so(
    site: str, open_page: Open, ana: Account
) -> None:
    page = open_page(locale="en-GB")
    virtual_device(page, verified=False)
    enter(page, site)
    page.goto(f"{site}/client/security/passkeys/add/")
    prove(page)
    page.locator("main button.btn-solid").click()
    expect(page.locator("[data-passkey-said]")).to_contain_text("No passkey was made")
    assert not Authenticator.objects.exists()


def test_without_a_script_the_page_says_what_it_needs(
    site: str, open_page: Open, ana: Account
) -> None:
    page = open_page(java_script_enabled=False, locale="en-GB")
    enter(page, site)
    page.goto(f"{site}/client/security/passkeys/add/")
    prove(page)
    expect(page.locator("[data-passkey-without]")).to_be_visible()
    expect(page.locator("form[data-passkey]")).to_be_hidden()


@pytest.mark.req("S3.15")
@pytest.mark.parametrize(("viewport", "locale"), [(kit.PHONE, "en-GB"), (kit.DESKTOP, "es-ES")])
def test_an_account_elsewhere_opens_one_here_and_is_let_go(
    site: str,
    house: Provider,
    open_page: Open,
    calm: Callable[..., None],
    viewport: dict[str, int],
    locale: str,
) -> None:
    page = open_page(viewport=viewport, locale=locale)
    page.goto(f"{site}/client/login")
    page.get_by_role("button", name="Test House").click()
    expect(page).not_to_have_url(re.compile("/client/(login|with)"))
    assert Account.objects.get().name == house.person.name
    page.goto(f"{site}/client/security/connections/")
    calm(page, "connections")
    page.locator(".lines button").click()
    expect(page.get_by_role("button", name="Test House")).to_be_visible()
    calm(page, "connections-none")


@pytest.mark.req("AUT-05")
@pytest.mark.parametrize(("viewport", "locale"), [(kit.PHONE, "it-IT"), (kit.DESKTOP, "en-GB")])
def test_a_browser_is_ended_from_another_one(
    site: str,
    open_page: Open,
    calm: Callable[..., None],
    ana: Account,
    viewport: dict[str, int],
    locale: str,
) -> None:
    pages = [open_page(viewport=viewport, locale=locale) for _ in range(3)]
    for page in pages:
        enter(page, site)
    here, first, second = pages
    here.goto(f"{site}/client/security/sessions/")
    expect(here.locator(".lines > li")).to_have_count(3)
    calm(here, "sessions-three")
    here.locator(".lines button").first.click()
    expect(here.locator(".lines > li")).to_have_count(2)
    here.locator("button.btn-stop").click()
    expect(here.locator(".lines > li")).to_have_count(1)
    for page in (first, second):
        page.goto(f"{site}/client/security/")
        expect(page).to_have_url(re.compile("/client/login"))
