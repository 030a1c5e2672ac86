"""Who waits for what since when, and what they were told; taking somebody off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.leave_waiting_list import leave_waiting_list
from clientela.booking.models import WaitingEntry, WaitingOffer
from clientela.booking.queries.waiting_list import who_waits
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts, told
from clientela.web.waiting.hours import hours_words

PAGE = 30
TOLD_SHOWN = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One who waits: for which hours, and the last times they were told of."""

    entry: WaitingEntry
    hours: str
    told: Sequence[WaitingOffer]
    told_count: int


def waiting_list(request: DoorRequest, business: str) -> HttpResponse:
    """Show who waits, the longest waiting first."""
    desk = desk_of(request)
    page = Paginator(entries(desk), PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "waiting_list/list.html",
        desk,
        place="calendar",
        page=page,
        rows=[_row(one) for one in page.object_list],
        toasts=toasts(request),
    )


def remove(request: DoorRequest, business: str, waiting_entry_id: UUID) -> HttpResponse:
    """Take somebody off the list; nobody is told."""
    desk = desk_of(request)
    entry = entries(desk).filter(pk=waiting_entry_id).first()
    if entry is None:
        raise Http404
    leave_waiting_list(entry=entry, by=desk.actor, now=desk.now)
    told(request, _("%(name)s is off the waiting list.") % {"name": entry.client.record_name})
    return redirect("desk:waiting", business)


def entries(desk: Desk) -> QuerySet[WaitingEntry]:
    """Return the entries this person may reach: a professional, those of who waits for them."""
    rows = who_waits().filter(business=desk.business)
    return rows if desk.sees_all else rows.filter(professional=desk.own)


def _row(entry: WaitingEntry) -> Row:
    told_of: list[WaitingOffer] = entry.told  # type: ignore[attr-defined]  # who_waits prefetches it
    return Row(
        entry=entry,
        hours=hours_words(entry.from_minute, entry.until_minute),
        told=told_of[:TOLD_SHOWN],
        told_count=len(told_of),
    )
