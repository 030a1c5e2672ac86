"""The portal's tests stand still at a Monday morning, holding the link of an appointment on Tuesday."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from tests import factories
from tests.factories import at, book

from clientela.booking.actions.book import Booked
from clientela.booking.links import manage_path
from clientela.catalogue.models import Service


@pytest.fixture(autouse=True)
def sunday_morning() -> Iterator[None]:
    """Sunday 22 November 2026, eight in the morning in Madrid: two days before the appointment."""
    with time_machine.travel(at("2026-11-22 08:00"), tick=False):
        yield


@pytest.fixture
def visitor() -> Client:
    """A browser that asks for English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def booked(service: Service) -> Booked:
    """Luz's appointment on Tuesday at ten, with Irene."""
    return book(
        service,
        at("2026-11-24 10:00"),
        now=at("2026-11-22 07:00"),
        language="en",
        client=factories.make_guest(),
    )


@pytest.fixture
def path(booked: Booked) -> str:
    """The address in her mail."""
    return manage_path(booked.appointment)
