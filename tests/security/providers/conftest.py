"""A provider of our own that the operator has configured, on a Monday morning."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from tests import factories
from tests.kit.provider import Lie, Person, Provider, running_provider


@pytest.fixture(autouse=True)
def monday(db: None) -> Iterator[time_machine.Coordinates]:
    """A moment that stands still; the limits of the test before are forgotten."""
    cache.clear()
    with time_machine.travel(factories.NOW, tick=False) as clock:
        yield clock


@pytest.fixture(scope="session")
def house() -> Iterator[Provider]:
    """One server for the whole run."""
    with running_provider() as one:
        yield one


@pytest.fixture
def provider(house: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The operator has configured it, and believes what it says about mailboxes."""
    house.person, house.lie = Person(), Lie()
    monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", [house.settings()])
    return house
