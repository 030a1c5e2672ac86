"""Deleting is not cancelling: what is over leaves its client's sight, and nothing else changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Person
from tests.factories import NOW, STAFF, at, book

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.hide_appointment import hide_appointment
from clientela.booking.errors import StillAhead
from clientela.booking.models import Appointment
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.booking.queries.client_history import client_history
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent
from clientela.rules.lifecycle import Status

TUESDAY_TEN = at("2026-11-24 10:00")
ENDS = TUESDAY_TEN + timedelta(minutes=30)


@pytest.fixture
def me(owner: Person) -> Actor:
    """Whoever is signed in."""
    return Actor.client(owner.account.pk)


@pytest.mark.req("S2.20")
def test_what_will_take_place_cannot_be_deleted(service: Service, me: Actor) -> None:
    booked = book(service, TUESDAY_TEN)
    for now in (NOW, ENDS - timedelta(seconds=1)):
        with pytest.raises(StillAhead) as refused:
            hide_appointment(appointment=booked.appointment, by=me, now=now)
        assert refused.value.reason == "still-ahead"
    assert appointment_by_link(booked.link_token) is not None
    assert not AuditEvent.objects.filter(action="appointment-hidden-by-client").exists()


@pytest.mark.req("S2.20")
def test_what_is_over_leaves_its_clients_sight_and_its_link(service: Service, me: Actor) -> None:
    booked = book(service, TUESDAY_TEN)
    hidden = hide_appointment(appointment=booked.appointment, by=me, now=ENDS)
    assert hidden.hidden_at == ENDS
    assert appointment_by_link(booked.link_token) is None
    line = AuditEvent.objects.get(action="appointment-hidden-by-client")
    assert (line.actor_id, line.subject_id) == (me.account_id, str(hidden.pk))


@pytest.mark.req("S2.20")
def test_the_business_keeps_the_row_as_it_was_with_a_mark(
    service: Service, client_card: Client, me: Actor
) -> None:
    row = book(service, TUESDAY_TEN, client=client_card, by=STAFF).appointment
    cancel_appointment(appointment=row, by=STAFF, door="desk", now=NOW)
    before = Appointment.objects.filter(pk=row.pk).values().get()
    hide_appointment(appointment=row, by=me, now=NOW)
    after = Appointment.objects.filter(pk=row.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"hidden_at"}
    kept = client_history(client_card)
    assert [(one.pk, one.status, one.hidden_at) for one in kept] == [
        (row.pk, Status.CANCELLED, NOW)
    ]


def test_asking_twice_changes_nothing(service: Service, me: Actor) -> None:
    row = book(service, TUESDAY_TEN).appointment
    hide_appointment(appointment=row, by=me, now=ENDS)
    hide_appointment(appointment=row, by=me, now=ENDS + timedelta(days=1))
    assert Appointment.objects.get().hidden_at == ENDS
    assert AuditEvent.objects.filter(action="appointment-hidden-by-client").count() == 1
