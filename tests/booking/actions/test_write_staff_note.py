"""The staff's note: kept, audited without its words, never told to anybody."""

from __future__ import annotations

import pytest
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.booking.actions.write_staff_note import LONGEST, write_staff_note
from clientela.booking.errors import StaffOnly
from clientela.booking.models import Appointment
from clientela.catalogue.models import Service
from clientela.platform.audit import history
from clientela.platform.models import OutboxEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(service: Service) -> Appointment:
    """Luz's appointment."""
    return book(service, at("2026-11-24 10:00")).appointment


def write(one: Appointment, text: str) -> Appointment:
    return write_staff_note(appointment=one, text=text, by=STAFF, now=NOW)


def test_the_note_is_replaced_and_nobody_is_told(one: Appointment) -> None:
    told = OutboxEvent.objects.count()
    write(one, "Left knee")
    fresh = Appointment.objects.get(pk=one.pk)
    assert (fresh.staff_note, fresh.sequence) == ("Left knee", one.sequence)
    assert OutboxEvent.objects.count() == told


def test_the_trail_says_that_it_changed_not_what_it_says(one: Appointment) -> None:
    write(one, "Canary")
    line = list(history(subject=one))[-1]
    assert line.action == "staff-note-written"
    assert "Canary" not in f"{line.reason} {line.details}"


def test_the_same_note_twice_is_one_line_of_the_trail(one: Appointment) -> None:
    write(one, "Left knee")
    write(one, "Left knee")
    assert [line.action for line in history(subject=one)].count("staff-note-written") == 1


def test_a_note_has_an_end(one: Appointment) -> None:
    assert len(write(one, "x" * (LONGEST + 50)).staff_note) == LONGEST


def test_a_client_writes_no_staff_note(one: Appointment) -> None:
    with pytest.raises(StaffOnly):
        write_staff_note(appointment=one, text="Mine", by=GUEST, now=NOW)
    assert Appointment.objects.get(pk=one.pk).staff_note == ""
