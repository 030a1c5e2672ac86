"""The booking page's tests stand still at a Monday morning, and post forms as a browser would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from tests import factories

from clientela.accounts.models import Account
from clientela.business.models import Business

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Monday 23 November 2026, eight in the morning in Madrid."""
    with time_machine.travel(factories.NOW, tick=False):
        yield


@pytest.fixture
def visitor() -> Client:
    """A browser that asks for English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def account(db: None) -> Account:
    """Ana's log-in, with a proved address and without anything else."""
    account = factories.make_account("ana@example.com", "Ana Prueba")
    EmailAddress.objects.get_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    return account


class Page:
    """The booking page of a business, as a visitor without a script uses it."""

    def __init__(self, client: Client, business: Business) -> None:
        self.client = client
        self.url = f"/{business.slug}/"

    def form(self, **query: str) -> dict[str, str]:
        """The hidden fields of the form, after the choices in the address."""
        page = self.client.get(self.url, query).text
        form = page[page.index('id="book"') :]
        return {name: unescape(value) for name, value in HIDDEN.findall(form)}

    def details(self, **query: str) -> dict[str, str]:
        """The form as Luz fills it in."""
        return {
            **self.form(**query),
            "name": "Luz Prueba",
            "email": "luz@example.com",
            "phone": "",
            "note": "",
        }


@pytest.fixture
def page(visitor: Client, business: Business) -> Page:
    """The page of the cast's business."""
    return Page(visitor, business)
