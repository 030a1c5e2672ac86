"""Move: choose another time; the old one is kept until the new one is won."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.errors import StartRefused
from clientela.booking.queries.own_professional import professional_for_move
from clientela.booking.slot import Slot
from clientela.notify.queries.forecast import Change
from clientela.platform.refusal import Refusal
from clientela.web import refusals
from clientela.web.design import times
from clientela.web.picker.asked import Asked, instant_text
from clientela.web.picker.refused import Refused, lost, refused
from clientela.web.picker.search import Search, Wanted, search
from clientela.web.picker.shown import picker_context
from clientela.web.picker.when import draw
from clientela.web.visit.cost import cost_of_moving
from clientela.web.visit.messages_told import promises_of_move
from clientela.web.visit.page import after_refusal, show_visit
from clientela.web.visit.visit import Find, Visit, answer, private
from clientela.web.visitor import is_asked_zone

UNDO = "undo"


def move_visit(request: HttpRequest, find: Find) -> HttpResponse:
    """GET shows the free times, POST moves. Past the cut-off the appointment's page explains."""
    visit = find()
    if not visit.options.reschedule.allowed:
        refusal = visit.options.reschedule.reason
        return (
            after_refusal(request, find, refusal)
            if request.method == "POST"
            else show_visit(request, visit)
        )
    if request.method == "POST":
        return _move(request, visit, find)
    asked = Asked.read(request.GET)
    return _page(request, visit, asked, open_month=request.GET.get("open") == "month")


def _move(request: HttpRequest, visit: Visit, find: Find) -> HttpResponse:
    """Win the new time, or say why not; the old one stands either way."""
    asked = Asked.read(request.POST)
    if asked.start is None:
        nothing = Refused(sentences=[refusals.sentence("start-missing")])
        return _page(request, visit, asked, told=nothing, status=422)
    before = visit.appointment.starts_at
    try:
        moved = reschedule_appointment(
            appointment=visit.appointment,
            starts_at=asked.start,
            by=visit.door.by,
            zone=asked.zone if visit.reading.may_choose and asked.zone else None,
            device_zone=visit.reading.device,
            door=visit.door.name,
            idempotency_key=request.POST.get("key", "")[:64] or None,
            now=visit.now,
        )
    except StartRefused as refusal:
        words = lost(
            refusal, start=asked.start, anyone=False, zone=_wanted(visit, asked).reading.zone
        )
        stays = _("Your appointment stays where it is.")
        told = Refused(sentences=[*words, stays], nearest=refusal.alternatives)
        return _page(request, visit, asked, told=told, status=409)
    except Refusal as refusal:
        return after_refusal(request, find, refusal.reason)
    if moved.starts_at != before and not request.POST.get(UNDO):
        said = _("Moved to %(when)s.") % {
            "when": refusals.when(moved.starts_at, visit.reading.zone)
        }
        messages.success(request, said, extra_tags=f"{UNDO}:{instant_text(before)}")
    return private(redirect(visit.door.home))


def _page(
    request: HttpRequest,
    visit: Visit,
    asked: Asked,
    *,
    told: Refused | None = None,
    open_month: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The picker with the old time beside it. `told` is what a refused move has to say."""
    wanted = _wanted(visit, asked)
    if told is not None:
        asked = replace(asked, start=None, minute=None)
    found = _search(wanted, asked, visit)
    said = told or refused(wanted=wanted, found=found)
    visit = replace(visit, reading=wanted.reading)
    page_url = visit.door.move

    def link(one: Asked, /, *, open_month: bool = False) -> str:
        query = one.query() + ("&open=month" if open_month else "")
        return f"{page_url}?{query}#{'decide' if one.start else 'when'}"

    when = draw(wanted=wanted, found=found, asked=asked, refused=said, link=link)
    context: dict[str, Any] = picker_context(
        when=when, reading=wanted.reading, asked=asked, page_url=page_url
    )
    return answer(
        request,
        "visit/move.html",
        visit,
        status=status,
        **{key: value for key, value in context.items() if key != "reading"},
        opens=found.opens,
        closes=found.closes,
        given=replace(
            Asked(), start=found.chosen.starts_at if found.chosen else None, zone=asked.zone
        ).pairs(),
        key=secrets.token_urlsafe(18),
        month_open=open_month,
        said=_announced(found, wanted),
        cost=cost_of_moving(visit, starts_at=found.chosen.starts_at) if found.chosen else None,
        expected=promises_of_move(visit, _change(wanted, found.chosen)) if found.chosen else [],
    )


def _change(wanted: Wanted, chosen: Slot) -> Change:
    """Where the appointment would be."""
    one = wanted.moving
    assert one is not None  # noqa: S101 -- this is a move
    return Change(
        starts_at=chosen.starts_at,
        ends_at=chosen.ends_at,
        location=one.location,
        professional=wanted.professional or one.professional,
        zone=wanted.reading.zone if wanted.reading.may_choose else None,
    )


def _wanted(visit: Visit, asked: Asked) -> Wanted:
    one = visit.appointment
    chosen = asked.zone if is_asked_zone(asked.zone, visit.reading) else visit.reading.zone
    return Wanted(
        business=one.business,
        service=one.service,
        location=one.location,
        professional=professional_for_move(one),
        reading=replace(visit.reading, zone=chosen),
        now=visit.now,
        moving=one,
        client=one.client,
    )


def _search(wanted: Wanted, asked: Asked, visit: Visit) -> Search:
    """Unless a day is asked, start at the appointment's own if that has free times."""
    if asked.day is None and asked.start is None:
        own = times.local_day(visit.appointment.starts_at, wanted.reading.zone)
        found = search(wanted=wanted, asked=replace(asked, day=own))
        if found.starts:
            return found
    return search(wanted=wanted, asked=asked)


def _announced(found: Search, wanted: Wanted) -> str:
    if found.chosen is None:
        return ""
    at = found.chosen.starts_at
    return _("Chosen: %(day)s, %(time)s, %(zone)s.") % {
        "day": times.day(at, wanted.reading.zone),
        "time": times.clock(at, wanted.reading.zone),
        "zone": times.zone_name(wanted.reading.zone, at),
    }
