"""What staff may do with an appointment as it stands, each with the words of its button and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.actions.correct_status import AMONG
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.change_options import change_options
from clientela.web.desk.staff import Desk


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One button: a form that is sent, or a link to a page that first says what it means."""

    label: str
    icon: str
    url: str
    is_form: bool
    look: str = "btn-line"


def acts_of(one: Appointment, *, desk: Desk) -> list[Act]:
    """The acts that are open now, the likeliest first and solid."""
    status, slug = Status(one.status), desk.business.slug
    options = change_options(appointment=one, now=desk.now, by=desk.actor)
    found: list[Act] = []
    if status is Status.REQUESTED:
        found += [_form(slug, one, "accept", _("Accept"), "check", "btn-solid")]
        found += [_page(slug, one, "decline", _("Decline"), "x", "btn-stop")]
    if status is Status.CONFIRMED and one.starts_at <= desk.now:
        found += [
            _form(slug, one, "came", _("Came"), "user-check", "btn-solid"),
            _form(slug, one, "missed", _("Did not come"), "user-x-2"),
        ]
    if options.reschedule.allowed:
        look = "btn-line" if found else "btn-solid"
        found.append(_page(slug, one, "move", _("Move"), "calendar-clock", look))
    if options.cancel.allowed and status is not Status.REQUESTED:
        found.append(_page(slug, one, "cancel", _("Cancel"), "x", "btn-stop"))
    return found


def corrections_of(one: Appointment, *, desk: Desk) -> list[Act]:
    """What a state noted by mistake may be set right to."""
    status = Status(one.status)
    if status not in {Status.ATTENDED, Status.NO_SHOW}:
        return []
    words = {
        Status.CONFIRMED: _("Not noted yet"),
        Status.ATTENDED: _("They came"),
        Status.NO_SHOW: _("They did not come"),
    }
    slug = desk.business.slug
    return [
        _form(slug, one, f"correct-{to.value}", words[to], "pencil", "btn-plain")
        for to in words
        if to in AMONG and to is not status
    ]


def _form(
    slug: str, one: Appointment, doing: str, label: str, icon: str, look: str = "btn-line"
) -> Act:
    url = reverse("desk:act", args=[slug, one.pk, doing])
    return Act(label=label, icon=icon, url=url, is_form=True, look=look)


def _page(slug: str, one: Appointment, page: str, label: str, icon: str, look: str) -> Act:
    url = reverse(f"desk:{page}", args=[slug, one.pk])
    return Act(label=label, icon=icon, url=url, is_form=False, look=look)
