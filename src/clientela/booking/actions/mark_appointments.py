"""Decide anew who is new and who returns, and keep what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.booking.events import AppointmentMarked
from clientela.booking.models import Appointment, Attribution, MarkedFor
from clientela.booking.queries.visits import Reading, Standing, readings
from clientela.ledger.locks import lock_credits_of
from clientela.platform.actor import Actor
from clientela.platform.outbox import record
from clientela.platform.tenancy import business_scope
from clientela.rules.attribution import (
    RULE_VERSION,
    Marker,
    Newness,
    corrected,
    decide_marker,
    told,
)
from clientela.rules.reclassification import Ground

_BATCH: Final = 1000
_SYSTEM: Final = Actor.system("markers")


def mark_appointments(
    *,
    business_id: UUID,
    client_ids: Iterable[UUID],
    marked_for: MarkedFor,
    by: Actor = _SYSTEM,
    now: datetime,
) -> list[Attribution]:
    """Mark every appointment of these cards, and return the rows that were added.

    In the caller's transaction where one is open, under the clients' credits lock: two acts on one card never decide
    past each other. An appointment whose marker, facts or policy are what they were gets no new row, so asking again
    adds nothing; one that a person corrected keeps what they said. Of a *value* that turned into the other one
    everybody hears (``AppointmentMarked``). One query, one write, and one for each such event.
    """
    wanted = sorted(set(client_ids))
    with business_scope(business_id), transaction.atomic(savepoint=False):
        lock_credits_of(client_ids=wanted)
        return _mark(business_id, wanted, marked_for, by=by, now=now)


def mark_again(*, appointment: Appointment, by: Actor, now: datetime) -> None:
    """Mark the person's appointments after one of them changed; the caller's transaction, under its locks."""
    mark_appointments(
        business_id=appointment.business_id,
        client_ids=[appointment.client_id],
        marked_for=MarkedFor.CHANGED,
        by=by,
        now=now,
    )


def mark_imported(*, business_id: UUID, client_ids: Iterable[UUID], now: datetime) -> int:
    """Mark all appointments of a business that has just been written; nobody is told. Returns how many."""
    with business_scope(business_id):
        added = _mark(business_id, sorted(set(client_ids)), MarkedFor.IMPORTED, by=_SYSTEM, now=now)
    return len(added)


def keep_correction(
    *, appointment_id: UUID, to: Newness, ground: Ground, now: datetime
) -> Attribution:
    """Set an imported appointment's marker as a person had set it; the caller's transaction, and nobody is told."""
    client_id = Appointment.objects.values_list("client_id", flat=True).get(pk=appointment_id)
    business_id = Appointment.objects.values_list("business_id", flat=True).get(pk=appointment_id)
    reading = next(
        one for one in readings(client_ids=[client_id]) if one.appointment_id == appointment_id
    )
    reading = reading.with_facts(corrected(reading.facts, to=to, ground=ground.value))
    row = attribution_of(
        reading=reading,
        marker=decide_marker(reading.facts, policy=reading.policy),
        business_id=business_id,
        marked_for=MarkedFor.IMPORTED,
        by=_SYSTEM,
        now=now,
    )
    row.save(force_insert=True)
    return row


def _mark(
    business_id: UUID, client_ids: list[UUID], marked_for: MarkedFor, *, by: Actor, now: datetime
) -> list[Attribution]:
    added = []
    flips = []
    for reading, marker in _changed(readings(client_ids=client_ids)):
        row = attribution_of(
            reading=reading,
            marker=marker,
            business_id=business_id,
            marked_for=marked_for,
            by=by,
            now=now,
        )
        added.append(row)
        if reading.stands is not None and reading.stands.value != row.value:
            flips.append((row, reading.stands))
    if added:
        Attribution.objects.bulk_create(added, batch_size=_BATCH)
    for row, before in flips:
        tell_marked(row, before=before, now=now)
    return added


def attribution_of(
    *,
    reading: Reading,
    marker: Marker,
    business_id: UUID,
    marked_for: MarkedFor,
    by: Actor,
    now: datetime,
) -> Attribution:
    """Make the next row of an appointment's markers; nothing is written yet."""
    return Attribution(
        business_id=business_id,
        appointment_id=reading.appointment_id,
        number=1 + (reading.stands.number if reading.stands else 0),
        value=marker.value.value,
        reason=marker.reason.value,
        policy=reading.policy.value,
        version=marker.version,
        facts=told(reading.facts),
        marked_for=marked_for,
        at=now,
        by=by.kind.value,
        by_account_id=by.account_id,
    )


def tell_marked(row: Attribution, *, before: Standing, now: datetime) -> None:
    """Record that a marker turned; the caller's transaction."""
    record(
        AppointmentMarked(
            business_id=row.business_id,
            appointment_id=row.appointment_id,
            number=row.number,
            value=row.value,
            was=before.value,
            reason=row.reason,
        ),
        now=now,
    )


def _changed(every: Iterable[Reading]) -> Iterator[tuple[Reading, Marker]]:
    """Decide each, and yield those whose newest row says something else."""
    for reading in every:
        stands = reading.stands
        if stands is not None and stands.is_corrected:
            continue
        marker = decide_marker(reading.facts, policy=reading.policy)
        now_said = (marker.value, marker.reason, reading.policy, RULE_VERSION, told(reading.facts))
        if stands is None or now_said != (
            stands.value, stands.reason, stands.policy, stands.version, stands.facts,
        ):  # fmt: skip
            yield reading, marker
