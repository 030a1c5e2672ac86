"""People who sign in, a clock that stands still, and the limits of the test before forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests import factories

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account

PASSWORD = "four calm green otters"


@pytest.fixture(autouse=True)
def monday_morning(db: None) -> Iterator[time_machine.Coordinates]:
    """A fixed moment that a test may move."""
    cache.clear()
    with time_machine.travel(factories.NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def ana() -> Account:
    """A person with a proved address and a password."""
    return create_account(
        email="ana@example.com",
        name="Ana",
        password=PASSWORD,
        language="en",
        by=factories.SYSTEM,
        now=factories.NOW,
    )


@pytest.fixture
def signed_in(visitor: Client, ana: Account) -> Client:
    """Her browser, in which she has just typed her password once more."""
    visitor.post("/client/login", {"login": ana.email, "password": PASSWORD})
    visitor.post("/client/login/again", {"password": PASSWORD})
    return visitor
