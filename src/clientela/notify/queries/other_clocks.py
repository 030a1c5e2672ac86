"""Clients who read another clock than the place's: those to whom a kept promise shows another time."""

from __future__ import annotations

from clientela.booking.models import Appointment
from clientela.notify.queries.recipients import client_zone


def reads_other_clock(appointment: Appointment) -> str:
    """Return the zone in which the client reads this appointment, if it is not its place's; else blank.

    When the place's clocks change the promise stays the same on its wall, and becomes another time everywhere else.
    A zone whose clocks were changed in the same way counts as another one: what was read in it before can no longer
    be told. The appointment comes with its card.
    """
    zone = client_zone(appointment)
    return "" if zone == appointment.promised_zone else zone
