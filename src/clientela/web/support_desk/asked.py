"""One request: what it needs to be decided, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.booking.queries.explain_marker import explain_marker
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.rules.attribution import AccountKind, Family
from clientela.support.models import Request, RequestKind, RequestState
from clientela.support.queries.requests import booking_of
from clientela.web.design.shapes import Badge, Bead, Link
from clientela.web.elapsed import elapsed_words
from clientela.web.marker_words import ACCOUNTS, CHANNELS, newness_badge, reason_words
from clientela.web.refusals import when
from clientela.web.support_desk.frame import support_page, zone_of
from clientela.web.support_desk.words import asker_words, kind_words, outcome_words, state_badge


@dataclass(frozen=True, kw_only=True, slots=True)
class BookingTold:
    """A booking as the support reads it: which one, what its marker says and why. Nobody's name, note or money."""

    appointment: Appointment
    marker: Badge
    why: str
    facts: list[tuple[str, str]]
    earlier: list[Appointment]


def asked(request: DoorRequest, request_id: UUID) -> HttpResponse:
    """Show one request."""
    return request_page(request, the_request(request_id))


def the_request(request_id: UUID) -> Request:
    """Return the request of an address, or raise 404."""
    found = Request.objects.select_related("business", "thread").filter(pk=request_id).first()
    if found is None:
        raise Http404
    return found


def request_page(
    request: DoorRequest, one: Request, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """Draw it; an act that was refused says why."""
    now = clock.now()
    return support_page(
        request,
        "support_desk/request.html",
        place="requests",
        status=status,
        asked=one,
        words=kind_words(one),
        badge_of=state_badge(one),
        asker=asker_words(one),
        waits="" if one.ended_at else elapsed_words(now - one.since),
        outcome=outcome_words(one),
        booking=_booking(one),
        wanted=newness_badge(one.wanted) if one.wanted else None,
        may_decide=one.state == RequestState.OPEN,
        waits_for_client=one.state == RequestState.WAITING_FOR_CLIENT,
        thread_url=reverse("support:thread", args=[one.thread_id]) if one.thread_id else "",
        history=_history(one, zone_of(request)),
        crumbs=[
            Link(label=_("Requests"), url=reverse("support:requests")),
            Link(label=str(kind_words(one).name), url="", current=True),
        ],
        refused=refused,
    )


def _booking(one: Request) -> BookingTold | None:
    """Read the booking in the scope of its own business, and nothing else there."""
    if one.kind != RequestKind.RECLASSIFY or one.business_id is None:
        return None
    with business_scope(one.business_id):
        appointment = booking_of(request=one)
        explained = explain_marker(appointment) if appointment else None
    if appointment is None or explained is None:
        return None
    facts = explained.facts
    return BookingTold(
        appointment=appointment,
        marker=newness_badge(explained.row.value),
        why=reason_words(explained.row),
        facts=[
            (_("It was booked"), str(CHANNELS[Family(facts.channel)])),
            (_("Known by"), str(ACCOUNTS[AccountKind(facts.account)])),
        ],
        earlier=explained.earlier,
    )


def _history(one: Request, zone: str) -> list[Bead]:
    """What happened to it, the last first."""
    beads = [Bead(icon="send", title=_("Asked"), when=when(one.asked_at, zone), state="none")]
    if one.ended_at is not None:
        badge = state_badge(one)
        beads.insert(
            0,
            Bead(
                icon=badge.icon,
                title=badge.text,
                when=when(one.ended_at, zone),
                why=outcome_words(one),
                state="good" if one.state == RequestState.DONE else "none",
            ),
        )
    return beads
