"""An empty installation whose server has just been started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests import factories

from clientela.web.setup.code import new_code

YOU = {"name": "Olga", "email": "olga@example.com", "password": "four calm green otters"}
SHOP = {
    "name": "Fisio Río",
    "slug": "",
    "language": "es",
    "currency": "EUR",
    "colour": "#cc3300",
    "zone": "Europe/Madrid",
    "street": "Calle Mayor 1",
    "postcode": "28013",
    "city": "Madrid",
    "phone": "+34 910 000 000",
}
WEEK = {"professional": "Olga", "monday": "9-13:30 y 15:00–19:00", "tuesday": "10.00-14.00"}
SERVICE = {
    "name": "Fisioterapia",
    "duration_minutes": "45",
    "price": "48.50",
    "buffer_after_minutes": "10",
    "description": "",
}


@pytest.fixture(autouse=True)
def monday_morning(db: None) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(factories.NOW, tick=False):
        yield
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["device_zone"] = "Europe/Madrid"
    return client


@pytest.fixture
def code() -> str:
    """What the console printed."""
    return new_code(now=factories.NOW)


@pytest.fixture
def operator(visitor: Client, code: str) -> Client:
    """Olga's browser after the first step."""
    assert visitor.post("/setup/", {**YOU, "code": code}).status_code == 302
    return visitor


@pytest.fixture
def founder(operator: Client) -> Client:
    """Olga's browser after the second step."""
    assert operator.post("/setup/business/", SHOP).status_code == 302
    return operator
