"""What happened to an appointment, out of the audit trail: what, when, by whom and through which door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.platform.actor import ActorKind
from clientela.platform.audit import AuditEvent, history
from clientela.web.design.shapes import Bead
from clientela.web.refusals import when

BeadState = Literal["good", "wait", "stop", "none", ""]


def history_of(appointment: Appointment, *, zone: str) -> list[Bead]:
    """Return the lines, latest first, times in `zone`. Two queries."""
    lines = list(history(subject=appointment))[::-1]
    names = names_of(lines)
    return [_bead(line, names, zone) for line in lines]


def names_of(lines: Sequence[AuditEvent]) -> dict[object, str]:
    """The names of the log-ins that acted."""
    ids = {line.actor_id for line in lines if line.actor_id}
    if not ids:
        return {}
    return {one.pk: one.name or one.email for one in Account.objects.filter(pk__in=ids)}


def _bead(line: AuditEvent, names: dict[object, str], zone: str) -> Bead:
    title, icon, state = _acts().get(line.action, (_("Changed"), "pencil", ""))
    about = [_detail(line, zone), line.reason, _overrides(line)]
    return Bead(
        icon=icon,
        title=title,
        when=" · ".join(
            part for part in (when(line.at, zone), who_acted(line, names), _door(line)) if part
        ),
        why=" · ".join(part for part in about if part),
        state=state,
    )


def _acts() -> dict[str, tuple[str, str, BeadState]]:
    return {
        "appointment-booked": (_("Booked"), "check", "good"),
        "appointment-requested": (_("Requested"), "hourglass", "wait"),
        "appointment-rescheduled": (_("Moved"), "calendar-clock", ""),
        "appointment-cancelled": (_("Cancelled"), "x", "none"),
        "request-confirmed": (_("Request accepted"), "check", "good"),
        "request-declined": (_("Request declined"), "x", "none"),
        "attendance-confirmed": (_("Says that they are coming"), "user-check", "good"),
        "appointment-hidden-by-client": (_("Deleted from the client’s view"), "eye-off", "none"),
        "appointment-attended": (_("Came"), "circle-check", "good"),
        "appointment-missed": (_("Did not come"), "user-x-2", "stop"),
        "status-corrected": (_("State corrected"), "pencil", ""),
        "appointment-corrected": (_("State corrected"), "pencil", ""),
        "credit-lent": (_("Redeemed with a credit of the household"), "users", ""),
        "lent-credit-returned": (_("Lent credit given back"), "undo-2", ""),
        "redemption-waived": (_("Let go without a credit"), "hand-coins", ""),
        "fee-charged": (_("No-show fee charged"), "credit-card", ""),
        "hold-ended": (_("Not paid in time: the time is free again"), "hourglass", "none"),
        "staff-note-written": (_("Note changed"), "square-pen", ""),
    }


def _detail(line: AuditEvent, zone: str) -> str:
    """From when to when a move went."""
    before, after = _moment(line.details.get("from")), _moment(line.details.get("to"))
    if before is None or after is None:
        return ""
    return _("From %(before)s to %(after)s") % {
        "before": when(before, zone),
        "after": when(after, zone),
    }


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _overrides(line: AuditEvent) -> str:
    named = line.details.get("overrides") or []
    said = {
        "outside_hours": _("Outside the hours, on purpose"),
        "bound_professional": _("With another professional than the client’s, on purpose"),
    }
    return " · ".join(words for name, words in said.items() if name in named)


def who_acted(line: AuditEvent, names: dict[object, str]) -> str:
    """Who acted, as a person of the staff would say it."""
    kind = line.actor_kind
    if kind == ActorKind.STAFF:
        return names.get(line.actor_id, _("somebody of the staff"))
    if kind in {ActorKind.GUEST, ActorKind.CLIENT}:
        return _("the client")
    if kind == ActorKind.API:
        return _("a program (%(name)s)") % {"name": line.actor_label}
    return _("Clientela itself")


def _door(line: AuditEvent) -> str:
    doors = {
        "booking-page": _("on the booking page"),
        "manage-link": _("by the link in the email"),
        "desk": _("at the desk"),
        "api": _("by the API"),
        "import": _("from a file"),
    }
    return doors.get(str(line.details.get("door", "")), "")
