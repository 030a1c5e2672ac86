"""Series, sessions and appointments, as entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypedDict
from uuid import UUID

from clientela.booking.models import Appointment, Occupancy, Seat, Series, Session
from clientela.business.models import Location
from clientela.catalogue.models import Service
from clientela.integrations.business_file.bookings import (
    AppointmentEntry,
    SeriesEntry,
    SessionEntry,
)
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.rules.clock_time import fold_label

_MINUTE: Final = timedelta(minutes=1)
_PROMISE: Final = (
    "id", "service_id", "professional_id", "location_id", "starts_at", "ends_at",
    "promised_local", "promised_zone", "tzdata", "cancelled_at", "created_at",
)  # fmt: skip
_AS_KEPT: Final = (
    "status", "zone", "device_zone", "channel", "door", "address_used", "phone_used", "language", "client_note",
    "staff_note", "assigned_because", "client_confirmed_at", "cancelled_because", "hidden_at", "sequence",
    "redemption", "held_until",
)  # fmt: skip


class BookingParts(TypedDict):
    """What a document says of bookings."""

    series: list[SeriesEntry]
    sessions: list[SessionEntry]
    appointments: list[AppointmentEntry]


@dataclass(slots=True)
class _Context:
    """What entries are told apart from: the service's own lengths, the place's zone, who is occupied."""

    keys: RowKeys
    currency: str
    services: dict[UUID, dict[str, Any]]
    zones: dict[UUID, str]
    order: dict[UUID, int]
    occupied: dict[UUID, list[tuple[UUID, datetime, datetime]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def booking_parts(keys: RowKeys, *, currency: str) -> BookingParts:
    """Return what was promised to whom, by time; what the service or business says is left out."""
    context = _context(keys, currency)
    return BookingParts(
        series=_series(keys), sessions=_sessions(context), appointments=_appointments(context)
    )


def _context(keys: RowKeys, currency: str) -> _Context:
    words = (
        "duration_minutes",
        "buffer_before_minutes",
        "buffer_after_minutes",
        "price_minor",
        "capacity",
    )
    context = _Context(
        keys=keys,
        currency=currency,
        services={row["id"]: row for row in Service.objects.values("id", *words)},
        zones=dict(Location.objects.values_list("id", "zone")),
        order={pk: number for number, pk in enumerate(keys.occupiable)},
    )
    for taken in _rows(Occupancy.objects.values()):
        # Of an appointment or of a session; the table's own constraint says so.
        context.occupied[taken["appointment_id"] or taken["session_id"]].append(
            (taken["resource_id"], taken["starts_at"], taken["ends_at"])
        )
    return context


def _series(keys: RowKeys) -> list[SeriesEntry]:
    return [
        SeriesEntry(
            key=keys.series[row["id"]],
            client=keys.clients[row["client_id"]],
            service=keys.services[row["service_id"]],
            **{word: row[word] for word in ("id", "every_weeks", "count", "created_at")},
        )
        for row in _rows(Series.objects.order_by("created_at", "id").values())
    ]


def _rows(found: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Rows as plain words and values: the entries judge their types."""
    return found


def _sessions(context: _Context) -> list[SessionEntry]:
    entries = []
    for row in Session.objects.order_by("starts_at", "id").values(
        *_PROMISE, "seats", "opened_by_client"
    ):
        capacity = context.services[row["service_id"]]["capacity"]
        entries.append(
            SessionEntry(
                key=context.keys.sessions[row["id"]],
                seats=_unless(row["seats"], capacity),
                opened_by_client=row["opened_by_client"],
                **_promise(row, context),
            )
        )
    return entries


def _appointments(context: _Context) -> list[AppointmentEntry]:
    keys = context.keys
    seats = dict(Seat.objects.values_list("appointment_id", "number"))
    more = ("client_id", "session_id", "series_id", "price_minor", "currency", "changed_at")
    return [
        AppointmentEntry(
            key=keys.appointments.get(row["id"]),
            client=keys.clients[row["client_id"]],
            session=keys.sessions.get(row["session_id"]),
            seat=seats.get(row["id"]),
            series=keys.series.get(row["series_id"]),
            price_minor=_unless(
                row["price_minor"], context.services[row["service_id"]]["price_minor"]
            ),
            currency=_unless(row["currency"], context.currency),
            changed_at=_unless(row["changed_at"], row["created_at"]),
            **_promise(row, context),
            **{word: row[word] for word in _AS_KEPT},
        )
        for row in Appointment.objects.order_by("starts_at", "id").values(
            *_PROMISE, *_AS_KEPT, *more
        )
    ]


def _promise(row: dict[str, Any], context: _Context) -> dict[str, Any]:
    """What a session and an appointment have in common."""
    service = context.services[row["service_id"]]
    starts_at, ends_at = row["starts_at"], row["ends_at"]
    again = fold_label(starts_at, row["promised_zone"]) == "again"
    return {
        "id": row["id"],
        "service": context.keys.services[row["service_id"]],
        "professional": context.keys.occupiable[row["professional_id"]],
        "location": context.keys.location(row["location_id"]),
        "starts": row["promised_local"] + (" again" if again else ""),
        "at": starts_at,
        "promised_zone": _unless(row["promised_zone"], context.zones[row["location_id"]]),
        "tzdata": row["tzdata"],
        "duration_minutes": _unless((ends_at - starts_at) // _MINUTE, service["duration_minutes"]),
        "cancelled_at": row["cancelled_at"],
        "created_at": row["created_at"],
        **_taken(row, context, service),
    }


def _taken(row: dict[str, Any], context: _Context, service: dict[str, Any]) -> dict[str, Any]:
    """Which rooms and equipment it occupies, and for how long around it."""
    taken = context.occupied.get(row["id"])
    if not taken:
        return {}
    before = (row["starts_at"] - min(starts_at for _, starts_at, _ in taken)) // _MINUTE
    after = (max(ends_at for _, _, ends_at in taken) - row["ends_at"]) // _MINUTE
    others = {resource for resource, _, _ in taken} - {row["professional_id"]}
    return {
        "buffer_before_minutes": _unless(before, service["buffer_before_minutes"]),
        "buffer_after_minutes": _unless(after, service["buffer_after_minutes"]),
        "resources": [
            context.keys.occupiable[pk] for pk in sorted(others, key=context.order.__getitem__)
        ],
    }


def _unless(value: Any, default: Any) -> Any:  # noqa: ANN401 -- any column's value
    """The value, or nothing where it is what the reader assumes anyway."""
    return None if value == default else value
