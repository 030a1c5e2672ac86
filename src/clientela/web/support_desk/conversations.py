"""The conversations: what nobody has read first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.support.models import Thread
from clientela.support.queries.threads import ThreadRow, thread_rows, waiting_threads
from clientela.web.design import times
from clientela.web.design.shapes import Link
from clientela.web.support_desk.frame import support_page, zone_of

PAGE, SNIPPET = 25, 160


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadLine:
    """One conversation of the list: who it is with, its last words, and when those were."""

    thread: Thread
    name: str
    words: str
    when: str
    url: str


def conversations(request: DoorRequest) -> HttpResponse:
    """Show what people wrote; what was put aside stands apart until they write again."""
    is_aside = request.GET.get("box") == "aside"
    page = Paginator(waiting_threads(closed=is_aside), PAGE).get_page(request.GET.get("page"))
    zone, now = zone_of(request), clock.now()
    return support_page(
        request,
        "support_desk/conversations.html",
        place="threads",
        page=page,
        rows=[_line(row, zone, now) for row in thread_rows(page.object_list)],
        boxes=_boxes(is_aside=is_aside),
        is_aside=is_aside,
    )


def shown_name(name: str) -> str:
    """Whom a conversation is with, where they gave a name."""
    return name or _("Somebody without a name")


def _line(row: ThreadRow, zone: str, now: datetime) -> ThreadLine:
    words = " ".join(row.words.split())[:SNIPPET]
    return ThreadLine(
        thread=row.thread,
        name=shown_name(row.name),
        words=_("You: %(words)s") % {"words": words} if row.is_ours else words,
        when=_short_when(row.thread.last_at, zone, now),
        url=reverse("support:thread", args=[row.thread.pk]),
    )


def _short_when(at: datetime, zone: str, now: datetime) -> str:
    """Today's by the clock, older ones by the day; the page names the zone once."""
    is_today = local_date(at, zone) == local_date(now, zone)
    return times.clock(at, zone) if is_today else times.short_day(at, zone)


def _boxes(*, is_aside: bool) -> list[Link]:
    url = reverse("support:threads")
    return [
        Link(label=pgettext("conversations", "Open"), url=url, current=not is_aside),
        Link(
            label=pgettext("conversations", "Put aside"), url=f"{url}?box=aside", current=is_aside
        ),
    ]
