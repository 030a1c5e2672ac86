"""The appointment's page: the time, the person, what may be done, and everything that happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clientela.booking.links import manage_url
from clientela.booking.models import Appointment
from clientela.booking.queries.explain_marker import markers_of
from clientela.business.models import Resource
from clientela.people.models import Identifier
from clientela.people.phones import as_read
from clientela.people.queries.contacts import contacts
from clientela.policy.door_request import DoorRequest
from clientela.rules import clock_time
from clientela.rules.assignment import AssignmentReason
from clientela.rules.lifecycle import Status
from clientela.web.design.shapes import Badge
from clientela.web.desk.appointment.acts import acts_of, corrections_of
from clientela.web.desk.appointment.history import history_of
from clientela.web.desk.appointment.money import context_of
from clientela.web.desk.appointment.told import told_about, undecided
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts
from clientela.web.marker_words import newness_badge, reason_words
from clientela.web.states import Audience, badge_of


def appointment(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Show one appointment. Opening it changes nothing."""
    desk = desk_of(request)
    return panel(request, desk, desk.appointment(appointment_id))


def panel(
    request: DoorRequest,
    desk: Desk,
    one: Appointment,
    *,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page, after a declined act with why."""
    return desk_page(
        request,
        "desk/appointment.html",
        desk,
        place="calendar",
        status=status,
        one=one,
        **_states(one),
        **context_of(one, desk),
        slip_state=slip_state(one, desk),
        **_contacts(one),
        rooms=rooms_of(one),
        acts=acts_of(one, desk=desk),
        corrections=corrections_of(one, desk=desk),
        history=history_of(one, zone=desk.zone),
        told=told_about(one, desk=desk),
        undecided=undecided(one),
        link=manage_link(one),
        may_hide=may_hide(one, desk),
        promise=broken_promise(one),
        assigned=assigned_words(one),
        back_day=clock_time.local_date(one.starts_at, desk.zone).isoformat(),
        refused=refused or [],
        toasts=toasts(request),
    )


def _contacts(one: Appointment) -> dict[str, Any]:
    """How the client is reached by the card, and what else was typed when it was booked. One query."""
    known = contacts(one.client)
    return {"contacts": known, "other_contacts": other_contacts(one, known)}


def other_contacts(one: Appointment, known: Sequence[Identifier]) -> list[str]:
    """What was typed when it was booked and stands on the card no more: a number that changed, or was mistyped (S4.8)."""
    values = {contact.value for contact in known}
    used = (one.address_used, one.phone_used)
    return [as_read(text) for text in used if text and text not in values]


def _states(one: Appointment) -> dict[str, object]:
    """What the badges say: how it stands, and whether its client is new."""
    state = badge_of(one.status, audience=Audience.STAFF, redemption=one.redemption)
    return {"state": state, "marker": marker_of(one)}


def marker_of(one: Appointment) -> tuple[Badge, str] | None:
    """New or returning, and why; a time that is only held has neither. One query."""
    row = markers_of(appointment_ids=[one.pk]).get(one.pk)
    return (newness_badge(row.value), reason_words(row)) if row else None


def slip_state(one: Appointment, desk: Desk) -> str:
    """How the slip is drawn."""
    if one.status in {Status.CANCELLED, Status.DECLINED}:
        return "cancelled"
    return "past" if one.ends_at <= desk.now else "booked"


def may_hide(one: Appointment, desk: Desk) -> bool:
    """Whether it is over, so that it may be deleted from its client's view."""
    return one.ends_at <= desk.now or one.status in {Status.CANCELLED, Status.DECLINED}


def rooms_of(one: Appointment) -> list[Resource]:
    """The rooms and machines it occupies besides the professional. A seat's are its session's. One query."""
    holder = one.session or one
    rows = holder.occupancies.exclude(resource=one.professional_id).select_related("resource")
    return [row.resource for row in rows]


def manage_link(one: Appointment) -> str:
    """The client's link, to be copied; nothing where the key that made it is lost."""
    try:
        return manage_url(one)
    except LookupError:
        return ""


def broken_promise(one: Appointment) -> str:
    """What the place's clock will read, if a change of its zone's rules moved it away from what was promised.

    The two as wall readings: `2027-04-01T17:30`. Nothing where the promise holds.
    """
    reads = clock_time.wall_text(one.starts_at, one.promised_zone)
    return "" if reads == one.promised_local else reads[11:]


def assigned_words(one: Appointment) -> str:
    """Why it is with this professional, as the assignment noted it."""
    because = (one.assigned_because or {}).get("reason", "")
    words = {
        AssignmentReason.ASKED_FOR: _("asked for by name"),
        AssignmentReason.ONLY_ONE_FREE: _("the only one free"),
        AssignmentReason.FEWEST_BOOKED_MINUTES: _("had the least booked that week"),
        AssignmentReason.LEAST_RECENTLY_ASSIGNED: _("had waited longest for one"),
        AssignmentReason.FIRST_IN_ORDER: _("first in the list of those free"),
    }
    return next((said for reason, said in words.items() if reason == because), "")
