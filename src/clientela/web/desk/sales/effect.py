"""What a sale would do, before it is saved: each appointment with the badge it has and the one it gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _, ngettext

from clientela.booking.models import Appointment
from clientela.checkout.queries.preview_sale import Preview
from clientela.rules.redemption_state import RedemptionState
from clientela.web.design import times
from clientela.web.design.shapes import Badge, Bead
from clientela.web.desk.staff import Desk
from clientela.web.refusals import when
from clientela.web.states import REDEMPTION, Audience, badge_of

SHOWN = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One appointment: when, its badge now, and its badge afterwards (none: it does not change)."""

    when: str
    what: str
    before: Badge
    after: Badge | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """The effect of one application date, and in a sentence what is left of the credits."""

    turns: Sequence[Turn]
    more: int
    left: str


def effect_of(preview: Preview, *, covers: frozenset[UUID], desk: Desk) -> Effect:
    """Draw a preview: first what it redeems, then what of the same services goes on waiting, by time."""
    turns = [(one.appointment, True) for one in preview.redeems]
    turns += [(one, False) for one in preview.stays if one.service_id in covers]
    turns.sort(key=lambda turn: (turn[0].starts_at, turn[0].pk))
    return Effect(
        turns=[_turn(one, desk, redeemed=redeemed) for one, redeemed in turns[:SHOWN]],
        more=max(0, len(turns) - SHOWN),
        left=left_words(preview.left, preview.valid_until),
    )


def _turn(one: Appointment, desk: Desk, *, redeemed: bool) -> Turn:
    when_words, what = turn_words(one, desk)
    return Turn(
        when=when_words,
        what=what,
        before=_waiting(Audience.STAFF),
        after=_redeemed(one, Audience.STAFF) if redeemed else None,
    )


def turn_words(one: Appointment, desk: Desk) -> tuple[str, str]:
    """Return when an appointment is and of what, as far as this person may read it."""
    return _when(one, desk), one.service.name if _is_shown(one, desk) else ""


def _waiting(audience: Audience) -> Badge:
    row = REDEMPTION[RedemptionState.PENDING]
    assert row is not None  # noqa: S101 -- the table says what waits
    return row[audience].badge()


def _redeemed(one: Appointment, audience: Audience) -> Badge:
    return badge_of(one.status, audience=audience, redemption=RedemptionState.REDEEMED)


def left_words(left: int, until: date | None) -> str:
    """Say how many credits are left after it, and until when they count."""
    if not left:
        return _("No credit is left over.")
    words = ngettext("%(count)s credit is left", "%(count)s credits are left", left) % {
        "count": left
    }
    if until is None:
        return _("%(left)s, without end.") % {"left": words}
    return _("%(left)s, until %(day)s.") % {"left": words, "day": times.short_day_and_year(until)}


def happens(preview: Preview, *, desk: Desk, credits_sold: int) -> Iterator[Bead]:
    """Say line by line what saving does to appointments and credits, and what the client will read."""
    for line in preview.redeems:
        yield Bead(
            icon="check",
            state="good",
            title=_when(line.appointment, desk),
            when=_what(line.appointment, desk),
            why=_unit(line.number, credits_sold)
            if line.grant_is_new
            else _("redeems a credit of an earlier purchase"),
        )
    for one in preview.stays:
        yield Bead(
            icon="coins",
            state="wait",
            title=_when(one, desk),
            when=_what(one, desk),
            why=_("goes on waiting for redemption"),
        )
    if credits_sold:
        yield Bead(icon="wallet", title=left_words(preview.left, preview.valid_until))
    if preview.redeems:
        one = preview.redeems[0].appointment
        yield Bead(
            icon="eye",
            title=_("The client will read “%(state)s”")
            % {"state": _redeemed(one, Audience.CLIENT).text},
            when=_("now they read “%(state)s”") % {"state": _waiting(Audience.CLIENT).text},
        )


def _is_shown(one: Appointment, desk: Desk) -> bool:
    """A professional does not read when a client is with a colleague."""
    return desk.sees_all or (desk.own is not None and one.professional_id == desk.own.pk)


def _when(one: Appointment, desk: Desk) -> str:
    if not _is_shown(one, desk):
        return _("An appointment with a colleague")
    return when(one.starts_at, desk.zone)


def _what(one: Appointment, desk: Desk) -> str:
    if not _is_shown(one, desk):
        return ""
    return _("%(service)s with %(name)s") % {
        "service": one.service.name,
        "name": one.professional.name,
    }


def _unit(number: int, credits_sold: int) -> str:
    return _("redeems credit %(number)s of %(credits)s") % {
        "number": number,
        "credits": credits_sold,
    }
