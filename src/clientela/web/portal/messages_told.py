"""Whom we told and when: the trace as far as it is the client's to see, or what is about to be sent."""

from __future__ import annotations

from clientela.notify.queries.expected_messages import expected_messages
from clientela.notify.queries.trace import trace
from clientela.web.design.shapes import Bead
from clientela.web.message_beads import forecast, proof
from clientela.web.portal.visit import Visit


def messages_told(visit: Visit) -> list[Bead]:
    """The client's own messages. Until the worker has written the first row, the forecast stands in."""
    appointment = visit.appointment
    told = proof(trace(appointment=appointment, now=visit.now), zone=visit.reading.zone)
    if told:
        return told
    return forecast(
        expected_messages(
            business=appointment.business,
            service=appointment.service,
            guest_has_email="@" in appointment.address_used,
        )
    )
