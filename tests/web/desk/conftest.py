"""Staff at their desks: signed-in browsers of the cast, on a Monday morning."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from tests.cast import Person
from tests.factories import NOW

from clientela.business.models import Business
from clientela.platform import clock


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def sit() -> Callable[..., Browser]:
    """Give a function that signs a person in, on a device in a zone if one is named."""

    def seated(person: Person, *, zone: str = "", language: str = "en") -> Browser:
        browser = Browser(headers={"accept-language": language})
        browser.force_login(person.account)
        if zone:
            browser.cookies["device_zone"] = zone
        return browser

    return seated


@pytest.fixture
def at_desk(desk: Person, sit: Callable[..., Browser]) -> Browser:
    """The front desk's browser, on a device that said no zone."""
    return sit(desk)


@pytest.fixture
def home(business: Business) -> str:
    """The address of the calendar."""
    return f"/desk/{business.slug}/"
