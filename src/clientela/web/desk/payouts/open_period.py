"""One professional's open period: visit by visit what has been earned, and closing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.business.models import Professional
from clientela.payouts.actions.close_statement import close_statement
from clientela.payouts.queries.drafts import Draft, drafts
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.web.design.shapes import Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.payouts.lines import adjustment_row, visit_row
from clientela.web.desk.payouts.reach import earner, statements
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts, told

REFUSED: Final = 409
MOST_CLOSED = 24
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9000, 1, 1)


def open_period(request: DoorRequest, business: str, professional_id: UUID) -> HttpResponse:
    """Show what is not settled up to a day: yesterday, unless another is asked for."""
    desk = desk_of(request)
    person = earner(desk, professional_id)
    return _page(request, desk, person, asked=request.GET)


def close(request: DoorRequest, business: str, professional_id: UUID) -> HttpResponse:
    """Settle exactly what was read; what has changed since is shown instead."""
    desk = desk_of(request)
    person = earner(desk, professional_id)
    given = request.POST
    try:
        statement = close_statement(
            professional=person,
            last_on=_day(given.get("until", "")) or _yesterday(desk),
            currency=given.get("currency", "")[:3],
            digest=given.get("digest", "")[:64] or "unread",
            by=desk.actor,
            now=desk.now,
        )
    except Refusal as refusal:
        said = _refusal_words(refusal)
        return _page(request, desk, person, asked=given, refused=said, status=REFUSED)
    told(request, _("The statement is closed. It will not change any more."))
    return redirect("desk:payouts-statement", business, statement.pk)


def _page(
    request: DoorRequest,
    desk: Desk,
    person: Professional,
    *,
    asked: Mapping[str, str],
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    until = _day(asked.get("until", "")) or _yesterday(desk)
    every = drafts(business_id=desk.business.pk, professional_ids=[person.pk], last_on=until)
    found = [draft for draft in every.values() if not draft.is_empty]
    return desk_page(
        request,
        "payouts/open.html",
        desk,
        place="reports" if desk.is_owner else "payouts",
        status=status,
        title=person.name,
        crumbs=_crumbs(desk, person),
        person=person,
        until=until,
        latest=_yesterday(desk),
        parts=[(draft, _rows(draft, desk), _may_close(draft, desk, until)) for draft in found],
        closed=list(statements(desk).filter(professional=person)[:MOST_CLOSED]),
        refused=refused,
        toasts=toasts(request),
    )


def _rows(draft: Draft, desk: Desk) -> list[object]:
    return [
        *(visit_row(one, desk) for one in draft.visits),
        *(adjustment_row(one, desk) for one in draft.adjustments),
    ]


def _may_close(draft: Draft, desk: Desk, until: date) -> bool:
    """Whether an owner may settle it up to the day that is asked for: it is over, and not settled before."""
    return desk.is_owner and until <= _yesterday(desk) and draft.last_on == until


def _yesterday(desk: Desk) -> date:
    """The last day that is over at the business."""
    return local_date(desk.now, desk.place_zone) - timedelta(days=1)


def _day(written: str) -> date | None:
    """Return the day of an address or a form; nothing of what is none, or lies at the ends of the calendar."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _refusal_words(refusal: Refusal) -> str:
    number = refusal.facts.get("number", 0)
    words = {
        "period-not-over": _("That day is not over yet."),
        "already-closed": _("Up to that day it is settled already."),
        "nothing-earned": _("There is nothing to settle up to that day."),
        "statement-changed": _("Something changed since you read it. This is how it stands now."),
        "commission-missing": ngettext(
            "For %(number)s visit no share is agreed yet.",
            "For %(number)s visits no share is agreed yet.",
            int(str(number)),
        )
        % {"number": number},
    }
    return words[refusal.reason]


def _crumbs(desk: Desk, person: Professional) -> list[Link]:
    if not desk.is_owner:
        return []
    slug = desk.business.slug
    return [
        Link(label=_("Reports"), url=reverse("desk:reports", args=[slug])),
        Link(label=_("Payouts"), url=reverse("desk:payouts", args=[slug])),
        Link(label=person.name, url="", current=True),
    ]
