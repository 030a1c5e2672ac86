"""Move an appointment: by the form, by dropping its card elsewhere, and back again by undo."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.actions.overrides import Overrides
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.errors import StartRefused
from clientela.booking.models import Appointment
from clientela.booking.queries.credit_after_move import CreditAfterMove, credit_after_move
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules import clock_time
from clientela.rules.redemption_state import RedemptionState
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.choices import faces, place_for, professionals_of
from clientela.web.desk.forecasts import of_move
from clientela.web.desk.frame import desk_page
from clientela.web.desk.picking import Picked, picked, picker_values, reading_of, refuse
from clientela.web.desk.reasons import refusal_words
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told, told_of_move
from clientela.web.picker.asked import Asked
from clientela.web.picker.search import Wanted
from clientela.web.refusals import when

DOOR = "desk"
LOST, WRONG = 409, 422


def move(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """GET shows the free times, POST moves. The old time is kept until the new one is won."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    if request.method == "POST":
        return _move(request, desk, one)
    asked = _asked(Asked.read(request.GET), one, desk)
    return _page(request, desk, one, picked(_wanted(desk, one, asked), asked))


def _move(request: DoorRequest, desk: Desk, one: Appointment) -> HttpResponse:
    asked = _asked(Asked.read(request.POST), one, desk)
    choice = picked(_wanted(desk, one, asked), asked)
    start, override = choice.wished, bool(request.POST.get("override"))
    if start is None:
        choice = (
            choice
            if choice.refused.sentences
            else refuse(choice, sentences=[_("Choose a time first.")], nearest=[])
        )
        return _page(request, desk, one, choice, status=WRONG)
    bound = _is_bound_elsewhere(one, choice)
    undone = bool(request.POST.get("undo"))
    needs_word = (bound and not request.POST.get("bound_override")) or (
        _loses_credit(one, choice) and not request.POST.get("credit_override")
    )
    if (needs_word or (choice.warnings and not override)) and not undone:
        return _page(request, desk, one, choice, status=LOST)
    before, who = one.starts_at, one.professional_id
    try:
        moved = reschedule_appointment(
            appointment=one,
            starts_at=start,
            professional=choice.wanted.professional,
            by=desk.actor,
            device_zone=desk.device,
            door=DOOR,
            idempotency_key=request.POST.get("key", "")[:64] or None,
            overrides=Overrides(outside_hours=bool(choice.warnings), bound_professional=bound),
            now=desk.now,
        )
    except StartRefused as refusal:
        told_already = list(choice.refused.sentences)
        words = told_already or refusal_words(refusal, start=start, zone=desk.zone)
        kept = _("The appointment stays where it is.")
        lost = refuse(choice, sentences=[*words, kept], nearest=refusal.alternatives)
        return _page(request, desk, one, lost, status=LOST)
    except Refusal as refusal:
        words = refusal_words(refusal, start=start, zone=desk.zone)
        return panel(request, desk, desk.appointment(one.pk), refused=words, status=LOST)
    _tell(request, desk, moved, before=before, who=who)
    return redirect(_back(request, desk, moved))


def _tell(
    request: DoorRequest, desk: Desk, moved: Appointment, *, before: datetime, who: UUID
) -> None:
    """Say where it went; a move may be taken back once, a taking back not again."""
    said = _("%(name)s moves to %(when)s.") % {
        "name": moved.client.record_name,
        "when": when(moved.starts_at, desk.zone),
    }
    if request.POST.get("undo") or (moved.starts_at, moved.professional_id) == (before, who):
        told(request, said)
        return
    told_of_move(request, said, appointment=moved, before=before, with_id=str(who))


def _back(request: DoorRequest, desk: Desk, moved: Appointment) -> str:
    """Where the move was asked from: the calendar of its new day, or the appointment's page."""
    if request.POST.get("from") == "panel":
        return reverse("desk:appointment", args=[desk.business.slug, moved.pk])
    day = clock_time.local_date(moved.starts_at, desk.zone).isoformat()
    return f"{reverse('desk:calendar', args=[desk.business.slug])}?day={day}"


def _asked(asked: Asked, one: Appointment, desk: Desk) -> Asked:
    """The choices, with the appointment's own professional and day where none is asked."""
    own = clock_time.local_date(max(one.starts_at, desk.now), desk.zone)
    day = asked.day or (None if asked.start else own)
    return replace(
        asked,
        service=None,
        location=None,
        professional=asked.professional or one.professional_id,
        day=day,
        zone="",
    )


def _wanted(desk: Desk, one: Appointment, asked: Asked) -> Wanted:
    offered = {person.pk: person for person in professionals_of(one.service, desk)}
    person = offered.get(asked.professional or one.professional_id, one.professional)
    place = place_for(desk, one.location)
    return Wanted(
        business=desk.business,
        service=one.service,
        location=place,
        professional=person,
        reading=reading_of(desk, place),
        now=desk.now,
        moving=one,
        for_staff=True,
    )


def _page(
    request: DoorRequest, desk: Desk, one: Appointment, choice: Picked, *, status: int = 200
) -> HttpResponse:
    """The calendar with the old time beside it."""
    page_url = reverse("desk:move", args=[desk.business.slug, one.pk])

    def link(asked: Asked, /, *, open_month: bool = False) -> str:
        query = asked.query() + ("&open=month" if open_month else "")
        return f"{page_url}?{query}#{'decide' if asked.start else 'when'}"

    return desk_page(
        request,
        "desk/move.html",
        desk,
        place="calendar",
        status=status,
        one=one,
        choice=choice,
        people=faces(
            professionals_of(one.service, desk),
            chosen=_person(choice),
            link=lambda person: link(choice.asked.with_(professional=person)),
        ),
        bound_client=one.client if _is_bound_elsewhere(one, choice) else None,
        credit=_credit(one, choice),
        told=of_move(one, choice, desk=desk),
        key=secrets.token_urlsafe(18),
        month_open=request.GET.get("open") == "month",
        **picker_values(choice, link=link, page_url=page_url, extra=[]),
    )


def _is_bound_elsewhere(one: Appointment, choice: Picked) -> bool:
    """Whether this would take a client away from the professional they are assigned to."""
    bound = one.client.bound_to_id
    return bound is not None and _person(choice) not in {bound, one.professional_id}


def _credit(one: Appointment, choice: Picked) -> str:
    """What the appointment has at the time that is picked, where that is another than now: its word, else blank."""
    if choice.start is None or one.redemption not in {
        RedemptionState.REDEEMED,
        RedemptionState.PENDING,
    }:
        return ""
    after = credit_after_move(
        appointment=one, starts_at=choice.start, location=choice.wanted.location
    )
    waited = one.redemption == RedemptionState.PENDING
    same = CreditAfterMove.PENDING if waited else CreditAfterMove.KEEPS
    return "" if after is same else after.value


def _loses_credit(one: Appointment, choice: Picked) -> bool:
    """Whether it would go without the credit that it has: that is said before it is moved."""
    lost = {CreditAfterMove.PENDING.value, CreditAfterMove.NONE.value}
    return one.redemption == RedemptionState.REDEEMED and _credit(one, choice) in lost


def _person(choice: Picked) -> UUID | None:
    return choice.wanted.professional.pk if choice.wanted.professional else None
