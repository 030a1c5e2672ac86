"""The holder of a link whose card is bound to one professional looks for a new time: that one's only."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client as Browser
from tests import factories
from tests.factories import NOW, STAFF, at, book

from clientela.booking.links import manage_path
from clientela.booking.models import Appointment
from clientela.business.models import Professional
from clientela.catalogue.models import Service
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client

pytestmark = pytest.mark.django_db


@pytest.mark.req("S1.27", "S1.28")
def test_the_times_offered_and_won_are_the_bound_professionals(
    shared_service: Service,
    client_card: Client,
    professional: Professional,
    colleague: Professional,
) -> None:
    factories.set_hours(professional, (660, 720))  # Irene: eleven to twelve; Tomás: all day
    row = book(
        shared_service,
        at("2026-11-27 09:00"),
        client=client_card,
        professional=colleague,
        by=STAFF,
    ).appointment
    bind_to_professional(client=client_card, professional=professional, by=STAFF, now=NOW)
    with time_machine.travel(NOW, tick=False):
        browser = Browser(headers={"accept-language": "en"})
        address = f"{manage_path(row)}move/"
        page = browser.get(address, {"day": "2026-11-26"}).content.decode()
        assert "20261126T1000Z" in page  # eleven in Madrid
        assert "20261126T0800Z" not in page  # nine: only Tomás
        refused = browser.post(address, {"start": "20261126T0800Z"})
        assert refused.status_code == 409
        assert browser.post(address, {"start": "20261126T1000Z"}).status_code == 302
    moved = Appointment.objects.get(pk=row.pk)
    assert (moved.professional, moved.starts_at) == (professional, at("2026-11-26 11:00"))
