"""From a fact to a mail in the simulator."""

from __future__ import annotations

import email
from datetime import timedelta
from email.policy import default

import pytest

from clientela.booking import events
from clientela.booking.models import Appointment, Status
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import Attempt, Message, Outcome, Reason, Recipient, SimulatedMail

pytestmark = pytest.mark.django_db(transaction=True)


def mail_of(address):
    row = SimulatedMail.objects.get(address=address)
    return email.message_from_bytes(bytes(row.source), policy=default)


def test_a_guests_booking_is_confirmed_to_the_client_and_told_to_the_staff(appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    send_due(now=now)
    assert set(SimulatedMail.objects.values_list("address", flat=True)) == {
        "ana@example.com",
        "irene@example.org",
        "mostrador@example.org",
    }
    assert set(Message.objects.values_list("reason", flat=True)) == {Reason.HANDED_OVER}
    mail = mail_of("ana@example.com")
    print(mail.as_string()[:6000])
    assert mail["Subject"] == "Reservada: mar 24 nov, 17:30, hora de Madrid (CET), Centro Norte"
