"""The front page of the payouts: what is open for whom, what was closed, and which corrections wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.queries.explain_marker import waiting_requests
from clientela.business.models import Professional
from clientela.payouts.models import CommissionRule
from clientela.payouts.queries.drafts import Draft, drafts
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.web.desk.frame import desk_page
from clientela.web.desk.payouts.reach import earners, statements
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts

MOST_CLOSED = 24


@dataclass(frozen=True, slots=True)
class Open:
    """One professional's open period of one currency; ``None``: nothing has been earned since the last one."""

    person: Professional
    draft: Draft | None


def payouts(request: DoorRequest, business: str) -> HttpResponse:
    """Show an owner everybody's; a professional goes to their own."""
    desk = desk_of(request)
    if not desk.is_owner and desk.own is not None:
        return redirect("desk:payouts-open", business, desk.own.pk)
    today = local_date(desk.now, desk.place_zone)
    return desk_page(
        request,
        "payouts/overview.html",
        desk,
        place="reports",
        title=_("Payouts"),
        people=_open(desk, today),
        closed=list(statements(desk)[:MOST_CLOSED]),
        has_rules=CommissionRule.objects.filter(business=desk.business).exists(),
        requests=waiting_requests(business_id=desk.business.pk) if desk.is_owner else [],
        toasts=toasts(request),
    )


def _open(desk: Desk, today: date) -> list[Open]:
    """Whoever works here, and whoever left with something still open."""
    every = drafts(business_id=desk.business.pk, last_on=today)
    found = []
    for person in earners(desk).order_by("resource__position", "pk"):
        own = [draft for (key, _), draft in every.items() if key == person.pk]
        if own:
            found += [Open(person, draft) for draft in own]
        elif person.resource.is_active:
            found.append(Open(person, None))
    return found
