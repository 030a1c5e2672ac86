"""Booking: the last press. What was chosen becomes an appointment, a series, or a page that says why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.actions.book import book_appointment
from clientela.booking.actions.book_series import SeriesOutcome, book_series
from clientela.booking.actions.overrides import Overrides
from clientela.booking.errors import SeriesRefused, StartRefused
from clientela.booking.models import Channel
from clientela.booking.queries.why_not import Reason
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import is_known_zone, to_exact
from clientela.web.desk.book.page import book_page
from clientela.web.desk.book.series_form import SeriesForm
from clientela.web.desk.book.wish import Wish, wish_of
from clientela.web.desk.frame import desk_page
from clientela.web.desk.picking import Picked, refuse
from clientela.web.desk.reasons import reason_words, refusal_words
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.refusals import when

DOOR = "desk"
LOST, WRONG = 409, 422


def book(request: DoorRequest, business: str) -> HttpResponse:
    """GET lets choose, POST books."""
    desk = desk_of(request)
    if request.method != "POST":
        return book_page(request, desk, wish_of(request.GET, desk=desk))
    wish, repeat = wish_of(request.POST, desk=desk), SeriesForm(request.POST)
    wrong = _missing(wish)
    if wrong or not repeat.is_valid():
        return book_page(request, desk, wish, repeat=repeat, wrong=wrong, status=WRONG)
    choice = wish.picked
    assert choice is not None  # noqa: S101 -- nothing is missing
    start = choice.wished
    assert start is not None  # noqa: S101 -- likewise
    needs_word = wish.is_bound_elsewhere and not request.POST.get("bound_override")
    if needs_word or (choice.warnings and not request.POST.get("override")):
        return book_page(request, desk, wish, repeat=repeat, status=LOST)
    try:
        if repeat.repeats:
            return _series(request, desk, wish, choice, repeat, start)
        return _once(request, desk, wish, choice, start)
    except Refusal as refusal:
        lost = replace(wish, picked=_lost(desk, choice, refusal, start))
        return book_page(request, desk, lost, repeat=repeat, status=LOST)


def _missing(wish: Wish) -> list[str]:
    """What has not been chosen yet."""
    found = []
    if wish.client is None:
        found.append(_("Choose who it is for."))
    if wish.service is None or wish.picked is None:
        found.append(_("Choose what is to be booked."))
    elif wish.picked.wished is None:
        found += wish.picked.refused.sentences or [_("Choose a time first.")]
    return found


def _facts(request: DoorRequest, desk: Desk, wish: Wish, choice: Picked) -> dict[str, Any]:
    """What a booking and a series say alike."""
    assert wish.client is not None  # noqa: S101 -- nothing is missing
    said = request.POST.get("device_zone", "")
    return {
        "business": desk.business,
        "service": choice.wanted.service,
        "location": choice.wanted.location,
        "professional": choice.wanted.professional,
        "client": wish.client,
        "by": desk.actor,
        "channel": Channel.STAFF,
        "door": DOOR,
        "device_zone": said if is_known_zone(said) else desk.device,
        "language": wish.client.language,
        "staff_note": request.POST.get("staff_note", ""),
        "idempotency_key": request.POST.get("key", "")[:64] or None,
        "overrides": Overrides(
            outside_hours=bool(choice.warnings), bound_professional=wish.is_bound_elsewhere
        ),
        "now": desk.now,
    }


def _once(
    request: DoorRequest, desk: Desk, wish: Wish, choice: Picked, start: datetime
) -> HttpResponse:
    booked = book_appointment(starts_at=start, **_facts(request, desk, wish, choice))
    one = booked.appointment
    told(
        request,
        _("Booked: %(name)s, %(when)s.")
        % {"name": one.client.record_name, "when": when(one.starts_at, desk.zone)},
    )
    return redirect("desk:appointment", desk.business.slug, one.pk)


def _series(
    request: DoorRequest,
    desk: Desk,
    wish: Wish,
    choice: Picked,
    repeat: SeriesForm,
    start: datetime,
) -> HttpResponse:
    """Book what can be had, and report the dates that cannot."""
    outcome = book_series(
        starts_at=start,
        every_weeks=repeat.cleaned_data["every_weeks"],
        count=repeat.cleaned_data["count"],
        on_conflict="report",
        **_facts(request, desk, wish, choice),
    )
    return desk_page(
        request,
        "desk/series.html",
        desk,
        place="calendar",
        client=wish.client,
        service=choice.wanted.service,
        booked=[
            (one, reverse("desk:appointment", args=[desk.business.slug, one.pk]))
            for one in outcome.booked
        ],
        refused=_refused(outcome, choice, desk),
        again=f"{reverse('desk:book', args=[desk.business.slug])}?{wish.query(start=None, day=None)}",
    )


def _refused(outcome: SeriesOutcome, choice: Picked, desk: Desk) -> list[tuple[str, str]]:
    """Each date that could not be had, with its time where the place is, and why."""
    place = choice.wanted.location.zone
    found = []
    for local, word in outcome.refused:
        found.append((_at(local, place, desk), reason_words(Reason(word), desk.zone)))
    return found


def _at(local: str, place: str, desk: Desk) -> str:
    """A wall reading of the place as the desk reads it; a date that has no such time stays a date."""
    if "T" not in local:
        return local
    day, clock = local.split("T")
    minute = int(clock[:2]) * 60 + int(clock[3:5])
    at = to_exact(
        on=datetime.fromisoformat(day).date(),
        minute=minute,
        zone_name=place,
        gap="after",
        overlap="first",
    )
    return when(at, desk.zone)


def _lost(desk: Desk, choice: Picked, refusal: Refusal, start: datetime) -> Picked:
    """The choice without its time: what happened, that nothing was booked, and what is near."""
    words = list(choice.refused.sentences) or refusal_words(refusal, start=start, zone=desk.zone)
    if isinstance(refusal, SeriesRefused):
        words += [
            f"{_at(local, choice.wanted.location.zone, desk)}: {reason_words(Reason(word), desk.zone)}"
            for local, word in refusal.refused
        ]
    near = refusal.alternatives if isinstance(refusal, StartRefused) else []
    return refuse(choice, sentences=words, nearest=near)
