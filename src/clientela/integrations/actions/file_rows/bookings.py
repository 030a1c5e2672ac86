"""Series, sessions, appointments and seats, and the time they occupy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from clientela.booking.actions.occupy import Taking, occupy_many
from clientela.booking.links import new_link
from clientela.booking.models import Appointment, Seat, Series, Session
from clientela.integrations.actions.file_rows.cards import BATCH
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.bookings import (
    HOLDING,
    AppointmentEntry,
    TakenTime,
)
from clientela.integrations.business_file.checking import Checked
from clientela.integrations.business_file.checks.bookings import seats_of
from clientela.integrations.business_file.index import Lasting
from clientela.rules.clock_time import tzdata_version

_AS_SAID = {
    "status", "zone", "device_zone", "channel", "door", "address_used", "phone_used", "language", "client_note",
    "staff_note", "assigned_because", "client_confirmed_at", "cancelled_at", "cancelled_because",
    "hidden_at", "sequence", "redemption", "held_until",
}  # fmt: skip


def insert_bookings(checked: Checked, *, ids: RowIds, now: datetime) -> None:
    """Insert what was promised. Appointments get new links: the file holds no secrets."""
    document = checked.document
    Series.objects.bulk_create(
        Series(
            id=ids.series[entry.key],
            business_id=ids.business,
            client_id=ids.clients[entry.client],
            service_id=ids.services[entry.service],
            every_weeks=entry.every_weeks,
            count=entry.count,
            created_at=entry.created_at or now,
        )
        for entry in document.series
    )
    Session.objects.bulk_create(_sessions(checked, ids, now), batch_size=BATCH)
    Appointment.objects.bulk_create(_appointments(checked, ids, now), batch_size=BATCH)
    Seat.objects.bulk_create(_seats(checked, ids), batch_size=BATCH)
    occupy_many(business_id=ids.business, takings=_takings(checked, ids))


def _sessions(checked: Checked, ids: RowIds, now: datetime) -> Iterator[Session]:
    for number, entry in enumerate(checked.document.sessions):
        yield Session(
            id=ids.sessions[entry.key],
            seats=seats_of(entry, checked.index),
            opened_by_client=entry.opened_by_client,
            cancelled_at=entry.cancelled_at,
            created_at=entry.created_at or now,
            **_promise(entry, checked.times.sessions[number], checked, ids),
        )


def _appointments(checked: Checked, ids: RowIds, now: datetime) -> Iterator[Appointment]:
    currency = checked.document.business.currency
    for number, entry in enumerate(checked.document.appointments):
        created_at = entry.created_at or now
        price = checked.index.services[entry.service].price_minor
        yield Appointment(
            id=ids.appointments[number],
            client_id=ids.clients[entry.client],
            session_id=entry.session and ids.sessions[entry.session],
            series_id=entry.series and ids.series[entry.series],
            price_minor=price if entry.price_minor is None else entry.price_minor,
            currency=entry.currency or currency,
            created_at=created_at,
            changed_at=entry.changed_at or created_at,
            **_link(),
            **_promise(entry, checked.times.appointments[number], checked, ids),
            **{word: getattr(entry, word) for word in _AS_SAID},
        )


def _promise(entry: TakenTime, lasts: Lasting, checked: Checked, ids: RowIds) -> dict[str, Any]:
    """What a session and an appointment have in common: what, with whom, where and when."""
    location = checked.index.location(entry.location)
    assert location is not None  # noqa: S101 -- checked
    return {
        "business_id": ids.business,
        "location_id": ids.locations[location.key],
        "service_id": ids.services[entry.service],
        "professional_id": ids.occupiable[entry.professional],
        "starts_at": lasts.starts_at,
        "ends_at": lasts.ends_at,
        "promised_local": entry.starts.removesuffix(" again"),
        "promised_zone": entry.promised_zone or location.zone,
        "tzdata": entry.tzdata or tzdata_version(),
    }


def _link() -> dict[str, Any]:
    nonce, digest = new_link()
    return {"link_nonce": nonce, "link_digest": digest}


def _takings(checked: Checked, ids: RowIds) -> list[Taking]:
    """What is occupied, through the one path that writes it; the database refuses an overlap."""
    sessions = [ids.sessions[entry.key] for entry in checked.document.sessions]
    return [
        Taking(
            resource_id=ids.occupiable[taken.key],
            starts_at=taken.starts_at,
            ends_at=taken.ends_at,
            session_id=sessions[taken.number] if taken.section == "sessions" else None,
            appointment_id=(
                ids.appointments[taken.number] if taken.section == "appointments" else None
            ),
        )
        for taken in checked.taken
    ]


def _seats(checked: Checked, ids: RowIds) -> Iterator[Seat]:
    """Seats as the file numbers them; the others take the lowest that are free."""
    members: dict[str, list[tuple[int, AppointmentEntry]]] = defaultdict(list)
    for number, entry in enumerate(checked.document.appointments):
        if entry.session is not None and entry.status in HOLDING:
            members[entry.session].append((number, entry))
    for key, entries in members.items():
        taken = {entry.seat for _, entry in entries}
        session = checked.index.sessions[key]
        free = (
            seat for seat in range(1, seats_of(session, checked.index) + 1) if seat not in taken
        )
        for number, entry in entries:
            yield Seat(
                business_id=ids.business,
                session_id=ids.sessions[key],
                number=entry.seat or next(free),
                appointment_id=ids.appointments[number],
            )
