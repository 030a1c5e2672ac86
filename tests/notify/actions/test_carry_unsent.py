"""What waits is carried to the present occurrence where nobody is told of the change."""

from __future__ import annotations

import pytest
from django.db import transaction

from clientela.booking import events
from clientela.booking.models import Appointment
from clientela.notify.actions.carry_unsent import carry_unsent
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import Message, Reason, Recipient

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


def carried(appointment: Appointment) -> set[tuple[str, int]]:
    Appointment.objects.update(sequence=7)
    appointment.refresh_from_db()
    with transaction.atomic():
        carry_unsent(appointment=appointment)
    rows = Message.objects.filter(recipient=Recipient.CLIENT, channel="email", timing="")
    return set(rows.values_list("reason", "occurrence"))


def test_what_waits_speaks_of_the_appointment_as_it_is_now(appointment, tell) -> None:
    tell(events.AppointmentBooked, appointment)
    assert (Reason.QUEUED, 7) in carried(appointment)


def test_what_was_sent_stays_what_it_was(appointment, tell, sink, now) -> None:
    tell(events.AppointmentBooked, appointment)
    send_due(now=now)
    assert carried(appointment) == {(Reason.HANDED_OVER, 0)}
