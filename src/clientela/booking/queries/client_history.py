"""A client's appointments, past and to come."""

from __future__ import annotations

from clientela.booking.models import Appointment
from clientela.booking.queries.was_booked import WAS_BOOKED
from clientela.people.models import Client


def client_history(client: Client, *, limit: int = 100) -> list[Appointment]:
    """Return the client's appointments of every state, latest start first, ready to be shown. One query.

    Not the times that were only held while the client paid.
    """
    return list(
        Appointment.objects.filter(WAS_BOOKED, client=client)
        .select_related("service", "professional__resource", "location")
        .order_by("-starts_at", "-id")[:limit]
    )
