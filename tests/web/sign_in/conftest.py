"""People with passwords, and a browser that speaks English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests import factories
from tools import translations

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account

PASSWORD = "four calm green otters"


@pytest.fixture(scope="module", autouse=True)
def catalogues() -> None:
    """Spanish and Italian, compiled as every installation has them."""
    assert translations.main(["compile"]) == 0


@pytest.fixture(autouse=True)
def monday_morning(db: None) -> Iterator[None]:
    """A fixed moment; and the limits of the test before are forgotten."""
    cache.clear()
    with time_machine.travel(factories.NOW, tick=False):
        yield


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def account() -> Account:
    """Olga's log-in, made as set-up makes one."""
    return create_account(
        email="olga@example.com",
        name="Olga",
        password=PASSWORD,
        language="es",
        by=factories.SYSTEM,
        now=factories.NOW,
    )
