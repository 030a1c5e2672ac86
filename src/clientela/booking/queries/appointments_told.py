"""A client's appointments in plain values, for them to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.was_booked import WAS_BOOKED
from clientela.people.models import Client
from clientela.people.queries.hidden_rows import shown_only


def appointments_told(*, card: Client) -> list[dict[str, object]]:
    """Return every appointment that the client may see, oldest first: without the staff's notes, and not what they deleted."""
    return [_plain(one) for one in visible_appointments().filter(client=card)]


def visible_appointments() -> QuerySet[Appointment]:
    """Return the scope's appointments that their clients may see, oldest first, with what a reader needs."""
    return (
        shown_only(Appointment.objects.filter(WAS_BOOKED, hidden_at__isnull=True))
        .select_related("business", "location", "service", "professional__resource")
        .order_by("starts_at", "id")
    )


@dataclass(frozen=True, slots=True)
class Held:
    """How many appointments of a card are ahead (they would be cancelled), and how many there are in all."""

    ahead: int
    in_all: int


def held_by_card(*, account_id: UUID, now: datetime) -> dict[UUID, Held]:
    """Return, for each card of the account that has any, what erasing it would touch; one query."""
    ahead = Q(starts_at__gt=now, status__in=(Status.REQUESTED, Status.CONFIRMED))
    counted = (
        shown_only(Appointment.objects.filter(WAS_BOOKED, client__account_id=account_id))
        .values("client_id")
        .annotate(ahead=Count("pk", filter=ahead), in_all=Count("pk"))
    )
    return {row["client_id"]: Held(row["ahead"], row["in_all"]) for row in counted}


def _plain(one: Appointment) -> dict[str, object]:
    confirmed, cancelled = one.client_confirmed_at, one.cancelled_at
    return {
        "id": str(one.pk),
        "service": one.service.name,
        "professional": one.professional.name,
        "location": one.location.name,
        "address": one.location.address,
        "starts_at": one.starts_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
        "starts_local": one.promised_local,
        "zone": one.promised_zone,
        "status": one.status,
        "price_minor": one.price_minor,
        "currency": one.currency,
        "your_note": one.client_note,
        "booked_at": one.created_at.isoformat(),
        "booked_by": one.channel,
        "you_confirmed_at": confirmed.isoformat() if confirmed else None,
        "cancelled_at": cancelled.isoformat() if cancelled else None,
    }
