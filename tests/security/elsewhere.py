"""Going to a provider and coming back, as a browser does it."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from tests import factories
from tests.kit.provider import Provider

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account

PASSWORD = "four calm green otters"


def make(email: str = "ana@example.com") -> Account:
    return create_account(
        email=email, name="Ana", password=PASSWORD, language="en",
        by=factories.SYSTEM, now=factories.NOW,
    )  # fmt: skip


def make_unproved(email: str = "ana@example.com") -> Account:
    """Somebody signed up with an address they never proved, and knows the password."""
    account = make(email)
    EmailAddress.objects.filter(user=account).update(verified=False)
    Account.objects.filter(pk=account.pk).update(expires_at=factories.NOW + timedelta(days=7))
    return account


def leave(browser: Client, key: str = "own", **body: str) -> str:
    """Press the button; return the address at the provider."""
    page = browser.post(f"/client/with/{key}/", body)
    assert page.status_code == 200, page
    return str(page.context["url"])


def arrive(browser: Client, back: str) -> HttpResponse:
    return browser.get(back.removeprefix(settings.PUBLIC_URL))


def sign_in(browser: Client, provider: Provider, **body: str) -> HttpResponse:
    return arrive(browser, provider.approve(leave(browser, **body)))


def who(browser: Client) -> str:
    """The address of whoever is in, or nothing."""
    key = browser.session.get("_auth_user_id")
    return Account.objects.get(pk=key).email if key else ""


def known_browser() -> Client:
    browser = Client()
    browser.post("/client/login", {"login": "ana@example.com", "password": PASSWORD})
    browser.post("/client/login/again", {"password": PASSWORD})
    return browser
