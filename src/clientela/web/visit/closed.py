"""Why an appointment cannot be changed online any more, and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from clientela.rules.change_policy import ChangeReason
from clientela.web.design import figures
from clientela.web.refusals import closed_since
from clientela.web.visit.visit import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """What is said above the slip when nothing can be changed: never a missing button without a word."""

    title: str
    detail: str


def closed_words(visit: Visit) -> Closed | None:
    """The explanation, where neither moving nor cancelling is open for an appointment that is still to come."""
    move, cancel = visit.options.reschedule, visit.options.cancel
    if visit.is_gone or visit.is_past or move.allowed or cancel.allowed:
        return None
    cuts = [one.closes_at for one in (move, cancel) if one.closes_at]
    help_words = _("Call us: we may still be able to help.")
    if cuts and ChangeReason.TOO_LATE in {move.reason, cancel.reason}:
        return Closed(
            title=closed_since(closed_at=max(cuts), now=visit.now),
            detail=f"{_policy(visit, closed_at=max(cuts))} {help_words}",
        )
    return Closed(
        title=_("This appointment is not changed online"),
        detail=_("To move or cancel it, please contact us."),
    )


def _policy(visit: Visit, *, closed_at: datetime) -> str:
    """How much notice the business asks for."""
    notice = int((visit.appointment.starts_at - closed_at).total_seconds() // 60)
    return _("%(business)s asks for %(notice)s of notice.") % {
        "business": visit.appointment.business.name,
        "notice": figures.minutes(notice),
    }
