"""Why a start cannot be booked, for clients and for staff."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment, Occupancy, Session
from clientela.booking.queries.client_door import client_door
from clientela.booking.queries.engine_needs import exact
from clientela.booking.queries.open_slots import Question, question_of
from clientela.booking.queries.supply import NeedIds, Supply, location_for
from clientela.business.models import Business, Location, Professional, Resource
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.rules.availability import mask_of
from clientela.rules.frame import CELL_MINUTES, Frame
from clientela.rules.slots import SessionSeats
from clientela.rules.unavailability import (
    Gate,
    NeedFacts,
    ResourceFacts,
    Terms,
    Unavailable,
    Why,
    explain_session_start,
    explain_start,
)
from clientela.schedule.queries.open_masks import OpenFacts, open_facts, open_masks

_AROUND: Final = timedelta(days=1, hours=1)
LONGEST: Final = timedelta(days=3)
"""No occupancy is longer: a day at most, with buffers of a day at most on either side."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a word of ``rules/unavailability.py``, and whom or what it concerns.

    ``facts`` may hold ``kind``, ``resource_id``, ``resource`` (its name, for staff only) and ``until``.
    """

    word: str
    facts: dict[str, object] = field(default_factory=dict)


def why_not(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None = None,
    professional: Professional | None = None,
    starts_at: datetime,
    now: datetime,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
) -> list[Reason]:
    """Return every reason why a start is not offered; an empty list iff it is. Clients see no names.

    A ``client`` may be bound to one professional: then anyone else is refused for that reason.
    """
    whys = reasons_against(
        business=business,
        service=service,
        location=location,
        professional_id=professional.pk if professional else None,
        starts_at=starts_at,
        now=now,
        for_staff=for_staff,
        ignoring=ignoring,
        client=client,
    )
    ids = {why.resource_id for why in whys if why.resource_id}
    names = (
        dict(Resource.objects.filter(pk__in=ids).values_list("pk", "name"))
        if for_staff and ids
        else {}
    )
    return [Reason(str(why.reason), _facts(why, names)) for why in whys]


def reasons_against(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None,
    professional_id: UUID | None,
    starts_at: datetime,
    now: datetime,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
    opening: bool = False,
) -> list[Why]:
    """Return the reasons as the rules speak them, for refusals and the audit.

    ``opening`` asks whether a session of a group service could be put there, not for a seat.
    """
    gate = gate_of(business=business, service=service, for_staff=for_staff)
    place = location_for(business=business, location=location)
    if place is None:
        return [*gate.reasons(), Why(Unavailable.CLOSED)]
    question = question_of(
        business=business,
        service=service,
        location=place,
        professional_id=professional_id,
        now=now,
        for_staff=for_staff,
        ignoring=ignoring,
        client=client,
    )
    return reasons_of(question, starts_at=starts_at, gate=gate, opening=opening)


def reasons_of(
    question: Question, *, starts_at: datetime, gate: Gate, opening: bool = False
) -> list[Why]:
    """Return the reasons against a start of a gathered question: two queries if it is only taken."""
    start, now = exact(starts_at), question.now
    gate = replace(gate, bound_elsewhere=question.bound_elsewhere)
    service, terms = question.service, question.terms
    if question.for_staff:  # the grid is for what is offered; the desk may book between
        terms = replace(terms, grid_minutes=CELL_MINUTES)
    if service.is_group and not opening:
        sessions = _sessions_at(service, question.location, question.supply, start)
        if sessions or not service.opens_sessions:
            return explain_session_start(
                start=start, now=now, terms=terms, sessions=sessions, gate=gate
            )
    frame = _day_frame(start, terms)
    needs = _need_facts(question, start, frame)
    return explain_start(start=start, now=now, terms=terms, needs=needs, frame=frame, gate=gate)


def gate_of(*, business: Business, service: Service, for_staff: bool) -> Gate:
    """Return what is switched off before any time is looked at. One query, none for staff."""
    if for_staff:
        return Gate(service_offered=service.is_active)
    return Gate(
        online_booking=client_door(business).is_online,
        service_offered=service.is_active and service.is_online,
    )


def _facts(why: Why, names: dict[UUID, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    if why.kind is not None:
        found["kind"] = why.kind
    if why.resource_id is not None:
        found["resource_id"] = why.resource_id
    if why.resource_id in names:
        found["resource"] = names[why.resource_id]
    if why.until is not None:
        found["until"] = why.until
    return found


def _day_frame(start: datetime, terms: Terms) -> Frame:
    """Return the asked day with room for buffers on both sides."""
    room = timedelta(minutes=terms.time.before_minutes + terms.time.duration_minutes)
    room += timedelta(minutes=terms.time.after_minutes)
    return Frame.covering(start - _AROUND - room, start + _AROUND + room)


def _sessions_at(
    service: Service, location: Location, supply: Supply, start: datetime
) -> list[SessionSeats]:
    sessions = Session.objects.filter(
        service=service,
        location=location,
        professional__in=supply.professional_ids,
        cancelled_at__isnull=True,
        starts_at=start,
    )
    return [
        SessionSeats(session.pk, session.starts_at, session.seats, session.taken.count())
        for session in sessions
    ]


def _need_facts(question: Question, start: datetime, frame: Frame) -> list[NeedFacts]:
    ids = question.supply.resource_ids
    hours = _hours(question, start, frame)
    busy, booked = _taken(ids, frame, question.ignoring)
    facts = {
        one: ResourceFacts(
            resource_id=one,
            busy=mask_of(spans=busy.get(one, ()), frame=frame),
            booked=mask_of(spans=booked.get(one, ()), frame=frame),
            hours=hours[one].hours,
            time_off=hours[one].time_off,
        )
        for one in ids
    }

    def with_facts(need: NeedIds) -> NeedFacts:
        return NeedFacts(need.kind, tuple(facts[one] for one in need.resource_ids))

    return [with_facts(need) for need in question.supply.needs]


def _hours(question: Question, start: datetime, frame: Frame) -> dict[UUID, OpenFacts]:
    """Return hours and absences: taken apart only of those who are not open for the whole appointment.

    Who is open for all of it has no reason in the hours, and the kept masks say so in one query.
    """
    lasts = timedelta(minutes=question.service.duration_minutes)
    run = mask_of(spans=[(start, start + lasts)], frame=frame)
    masks = open_masks(
        resource_ids=question.supply.resource_ids, location=question.location, frame=frame
    )
    found = {one: OpenFacts(mask, time_off=0) for one, mask in masks.items() if mask & run == run}
    others = masks.keys() - found.keys()
    if others:
        found |= open_facts(resource_ids=others, location=question.location, frame=frame)
    return found


_Spans = dict[UUID, list[tuple[datetime, datetime]]]


def _taken(
    ids: tuple[UUID, ...], frame: Frame, ignoring: Appointment | None
) -> tuple[_Spans, _Spans]:
    """Return what is taken, buffers included, and the part that is appointments and sessions proper."""
    rows = Occupancy.objects.filter(
        resource__in=ids,
        starts_at__gt=frame.origin - LONGEST,
        starts_at__lt=frame.end,
        ends_at__gt=frame.origin,
    )
    if ignoring is not None:
        rows = rows.exclude(appointment=ignoring)
    busy: _Spans = {}
    booked: _Spans = {}
    for one, start, end, *own in rows.values_list(
        "resource_id",
        "starts_at",
        "ends_at",
        "appointment__starts_at",
        "appointment__ends_at",
        "session__starts_at",
        "session__ends_at",
    ):
        busy.setdefault(one, []).append((start, end))
        moments: list[datetime | None] = list(own)  # of one appointment or one session
        found = [moment for moment in moments if moment is not None]
        booked.setdefault(one, []).append((found[0], found[1]))
    return busy, booked
