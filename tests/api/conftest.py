"""A program that asks, and what it asks about."""

from __future__ import annotations

import pytest
from tests.api.program import Program
from tests.cast import Person
from tests.factories import NOW, at, book

from clientela.api.actions.make_token import make_token
from clientela.api.models import TokenScope
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client


@pytest.fixture
def program(business: Business, owner: Person) -> Program:
    made = make_token(
        business=business, label="till", scope=TokenScope.WRITE, by=owner.actor, now=NOW
    )
    return Program(business, made.secret)


@pytest.fixture
def waiting(credit_service: Service, client_card: Client) -> Appointment:
    """Ana's training of tomorrow, which waits for a credit."""
    return book(credit_service, at("2026-11-24T10:00"), client=client_card).appointment
