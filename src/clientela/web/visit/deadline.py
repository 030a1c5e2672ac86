"""The cut-off: when online changes close, in words and as a line with now, the cut-off and the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from clientela.web.promises import change_words
from clientela.web.visit.visit import Visit

# Places on the drawing (0–400): it shows the order of the three moments, not their distance.
EARLY, CUT, LATE, VISIT = 60, 250, 320, 390


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One moment under the line."""

    label: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """The drawing of a single cut-off. `now_x` is where the sun stands."""

    marks: list[Mark]
    now_x: int
    cut_x: int = CUT
    visit_x: int = VISIT
    is_over: bool


def promises_of(visit: Visit) -> list[str]:
    """Until when it can be moved and cancelled; nothing for what is over or gone."""
    if visit.is_gone or visit.is_past:
        return []
    return change_words(
        move_until=visit.options.reschedule.closes_at,
        cancel_until=visit.options.cancel.closes_at,
        now=visit.now,
        zone=visit.reading.zone,
    )


def deadline_of(visit: Visit) -> Deadline | None:
    """The drawing, where moving and cancelling close at one moment before the visit; else words must do."""
    move, cancel = visit.options.reschedule.closes_at, visit.options.cancel.closes_at
    closes_at = move or cancel
    if visit.is_gone or visit.is_past or closes_at is None or (move and cancel and move != cancel):
        return None
    if closes_at >= visit.appointment.starts_at:
        return None
    is_over = visit.now > closes_at
    now = Mark(label=_("Now"), at=visit.now)
    cut = Mark(label=_("Cut-off was") if is_over else _("Cut-off"), at=closes_at)
    end = Mark(label=_("Visit"), at=visit.appointment.starts_at)
    return Deadline(
        marks=[cut, now, end] if is_over else [now, cut, end],
        now_x=LATE if is_over else EARLY,
        is_over=is_over,
    )
