"""Correct what an appointment's marker says, by a person's decision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.mark_appointments import attribution_of, tell_marked
from clientela.booking.actions.staff_only import require_business
from clientela.booking.errors import ReclassifyRefused, StaleState
from clientela.booking.events import ReclassificationAnswered
from clientela.booking.models import (
    Appointment,
    Attribution,
    MarkedFor,
    ReclassifyRequest,
    ReclassifyState,
)
from clientela.booking.queries.explain_marker import asker_of
from clientela.booking.queries.visits import Reading, readings
from clientela.business.plain_text import line
from clientela.ledger.locks import lock_credits_of
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record
from clientela.rules.attribution import MarkerReason, Newness, corrected, decide_marker
from clientela.rules.reclassification import (
    Ground,
    Standing,
    Verdict,
    decide_reclassification,
)


def reclassify_appointment(
    *,
    appointment: Appointment,
    to: Newness,
    ground: Ground,
    reason_text: str = "",
    by: Actor,
    now: datetime,
) -> Attribution:
    """Set the marker, if an owner (or the support) may on this ground; what was decided holds until it is taken back.

    ``Ground.TAKEN_BACK`` lets the rule decide again (``to`` is not looked at). A marker that waits for the client's
    own word is refused to everybody. A waiting request of the same is answered with it. Refuses
    ``ReclassifyRefused`` with the word of ``rules/reclassification.py``, and ``StaffOnly``.
    """
    require_business(by)
    asker = asker_of(by)
    if not asker.decides:
        raise ReclassifyRefused(Verdict.OWNER_ONLY.value)
    with transaction.atomic():
        reading = _locked(appointment)
        stands = _standing(reading)
        verdict = decide_reclassification(standing=stands, to=to, ground=ground, asker=asker)
        if verdict is not Verdict.ALLOWED:
            raise ReclassifyRefused(verdict.value)
        row = _write(reading, appointment, to=to, ground=ground, by=by, now=now)
        note(
            action="appointment-reclassified",
            subject=appointment,
            by=by,
            now=now,
            reason=reason_text,
            details={"from": stands.value.value, "to": row.value, "ground": ground.value},
        )
    return row


def ask_reclassification(
    *, appointment: Appointment, to: Newness, ground: Ground, text: str, by: Actor, now: datetime
) -> ReclassifyRequest:
    """Ask the owners to correct a marker; nothing changes until one of them does. Asking twice is asking once.

    Refuses ``ReclassifyRefused`` when the correction is not the business's to make: which accounts are one person's
    only the client says.
    """
    require_business(by)
    with transaction.atomic():
        reading = _locked(appointment)
        waiting = ReclassifyRequest.objects.filter(
            appointment=appointment, state=ReclassifyState.WAITING
        ).first()
        if waiting is not None:
            return waiting
        verdict = decide_reclassification(
            standing=_standing(reading), to=to, ground=ground, asker=asker_of(by)
        )
        if verdict is not Verdict.ALLOWED:
            raise ReclassifyRefused(verdict.value)
        request = ReclassifyRequest.objects.create(
            business_id=appointment.business_id,
            appointment=appointment,
            wanted=to.value,
            ground=ground.value,
            note=line(text, limit=500),
            asked_at=now,
            asked_by_id=by.account_id,
        )
        note(
            action="reclassification-asked",
            subject=appointment,
            by=by,
            now=now,
            details={"to": to.value, "ground": ground.value},
        )
    return request


def answer_reclassification(
    *, request: ReclassifyRequest, grants: bool, by: Actor, now: datetime
) -> ReclassifyRequest:
    """Grant a request, which corrects the marker, or refuse it. One that was answered stays as it was answered.

    Refuses ``ReclassifyRefused``: ``owner-only``, or what has become of the marker meanwhile.
    """
    if not asker_of(by).decides:
        raise ReclassifyRefused(Verdict.OWNER_ONLY.value)
    return _answer(request, grants=grants, by=by, now=now)


def withdraw_reclassification(
    *, request: ReclassifyRequest, by: Actor, now: datetime
) -> ReclassifyRequest:
    """Take back one's own request: it stands as refused by who asked. One that was answered stays as it was.

    Refuses ``ReclassifyRefused`` (``owner-only``) to everybody else.
    """
    if by.account_id is None or by.account_id != request.asked_by_id:
        raise ReclassifyRefused(Verdict.OWNER_ONLY.value)
    return _answer(request, grants=False, by=by, now=now)


def _answer(
    request: ReclassifyRequest, *, grants: bool, by: Actor, now: datetime
) -> ReclassifyRequest:
    state = ReclassifyState.GRANTED if grants else ReclassifyState.REFUSED
    with transaction.atomic():
        answered = ReclassifyRequest.objects.filter(
            pk=request.pk, state=ReclassifyState.WAITING
        ).update(state=state, decided_at=now, decided_by_id=by.account_id)
        request.refresh_from_db()
        if not answered:
            return request
        if grants:
            reclassify_appointment(
                appointment=request.appointment,
                to=Newness(request.wanted),
                ground=Ground(request.ground),
                by=by,
                now=now,
            )
        else:
            note(action="reclassification-refused", subject=request.appointment, by=by, now=now)
        _tell_answered(request, now=now)
    return request


def _locked(appointment: Appointment) -> Reading:
    """Hold the person's credits, as all do who mark, and read the appointment as the rule does."""
    lock_credits_of(client_ids=[appointment.client_id])
    for one in readings(client_ids=[appointment.client_id]):
        if one.appointment_id == appointment.pk and one.stands is not None:
            return one
    raise StaleState


def _standing(reading: Reading) -> Standing:
    assert reading.stands is not None  # noqa: S101 -- only what is marked is read
    return Standing(Newness(reading.stands.value), MarkerReason(reading.stands.reason))


def _write(
    reading: Reading,
    appointment: Appointment,
    *,
    to: Newness,
    ground: Ground,
    by: Actor,
    now: datetime,
) -> Attribution:
    """Add the row, and tell when the value turned."""
    if ground is not Ground.TAKEN_BACK:
        reading = reading.with_facts(corrected(reading.facts, to=to, ground=ground.value))
    marker = decide_marker(reading.facts, policy=reading.policy)
    row = attribution_of(
        reading=reading,
        marker=marker,
        business_id=appointment.business_id,
        marked_for=MarkedFor.RECLASSIFIED,
        by=by,
        now=now,
    )
    row.save(force_insert=True)
    waiting = ReclassifyRequest.objects.filter(
        appointment=appointment, state=ReclassifyState.WAITING, wanted=row.value
    ).first()
    if waiting is not None:
        waiting.state, waiting.decided_at = ReclassifyState.GRANTED, now
        waiting.decided_by_id = by.account_id
        waiting.save(update_fields=["state", "decided_at", "decided_by_id"])
        _tell_answered(waiting, now=now)
    assert reading.stands is not None  # noqa: S101 -- only what is marked is read
    if row.value != reading.stands.value:
        tell_marked(row, before=reading.stands, now=now)
    return row


def _tell_answered(request: ReclassifyRequest, *, now: datetime) -> None:
    record(
        ReclassificationAnswered(business_id=request.business_id, request_id=request.pk), now=now
    )
