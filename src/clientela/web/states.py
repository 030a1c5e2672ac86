"""How an appointment's state is called: one table of state × audience, in the reader's language.

Staff and client read different words for the same fact where they need to; an icon stands beside
each word, so that colour never carries the meaning alone.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clientela.rules.lifecycle import Status
from clientela.web.design.shapes import Badge, State


class Audience(StrEnum):
    """Who reads."""

    STAFF = "staff"
    CLIENT = "client"


_Row = tuple[Promise, Promise, str, State]

# status → (staff's word, client's word, icon, tint)
TABLE: dict[Status, _Row] = {
    Status.REQUESTED: (
        pgettext_lazy("appointment, to staff", "Waiting for your answer"),
        pgettext_lazy("appointment, to client", "Waiting for an answer"),
        "hourglass",
        "wait",
    ),
    Status.CONFIRMED: (
        pgettext_lazy("appointment, to staff", "Booked"),
        pgettext_lazy("appointment, to client", "Booked"),
        "check",
        "good",
    ),
    Status.ATTENDED: (
        pgettext_lazy("appointment, to staff", "Attended"),
        pgettext_lazy("appointment, to client", "Attended"),
        "circle-check",
        "",
    ),
    Status.NO_SHOW: (
        pgettext_lazy("appointment, to staff", "No-show"),
        pgettext_lazy("appointment, to client", "Missed"),
        "user-x-2",
        "stop",
    ),
    Status.CANCELLED: (
        pgettext_lazy("appointment, to staff", "Cancelled"),
        pgettext_lazy("appointment, to client", "Cancelled"),
        "x",
        "",
    ),
    Status.DECLINED: (
        pgettext_lazy("appointment, to staff", "Declined"),
        pgettext_lazy("appointment, to client", "Declined"),
        "x",
        "",
    ),
}


def badge_of(status: str, *, audience: Audience) -> Badge:
    """The badge of an appointment in that state, in the audience's words."""
    staff, client, icon, tint = TABLE[Status(status)]
    return Badge(text=str(staff if audience is Audience.STAFF else client), icon=icon, state=tint)
