"""The desk asks why a message did not arrive."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from tests.factories import at, book

from clientela.booking.models import Appointment
from clientela.catalogue.models import Service
from clientela.people.models import Client


@pytest.fixture
def visit(service: Service, client_card: Client) -> Appointment:
    """Ana's, tomorrow at ten."""
    return book(service, at("2026-11-24 10:00"), client=client_card).appointment


@pytest.mark.req("S4.2")
def test_staff_ask_about_an_appointment_and_a_client(
    at_desk: Browser, home: str, visit: Appointment, client_card: Client
) -> None:
    page = at_desk.get(f"{home}appointments/{visit.pk}/diagnose/")
    assert page.status_code == 200
    assert 'data-check="worker-alive" data-verdict="fail"' in page.content.decode()
    page = at_desk.get(f"{home}clients/{client_card.pk}/diagnose/?channel=sms")
    assert page.status_code == 200
    assert 'data-check="email-address"' not in page.content.decode()
