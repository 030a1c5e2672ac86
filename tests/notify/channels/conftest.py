"""Who is pushed to, and with which pair of keys."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories

from clientela.accounts.models import Account
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.people.models import Client


@pytest.fixture
def keys(now: Any) -> None:
    """The installation's pair."""
    make_push_keys(now=now)


@pytest.fixture
def ana(client_card: Client) -> Account:
    """Ana's log-in, on her card."""
    account = factories.make_account("ana@example.com", "Ana Prueba")
    client_card.account = account
    client_card.save()
    return account
