"""The inbox: what clients wrote by text, newest first, with what is unread and who it is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _, pgettext

from clientela.business.plain_text import line
from clientela.conversations.models import Conversation
from clientela.conversations.queries.inbox import InboxRow, row_of, with_last
from clientela.notify.queries.text_gateways import open_gateway
from clientela.people.phones import as_read
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.rules.name_match import search_text
from clientela.web.design import times
from clientela.web.design.shapes import Badge, Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.messages.keywords import keyword_badge
from clientela.web.desk.messages.places import places
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts

PAGE = 25
LONGEST, SNIPPET = 100, 160
BOXES = ("", "unread", "aside")


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadLine:
    """One thread of the list: who it is with, its last words, and when those were."""

    thread: Conversation
    name: str
    words: str
    when: str
    badge: Badge | None
    url: str


def inbox(request: DoorRequest, business: str) -> HttpResponse:
    """Show the threads this person may read; the search finds names and numbers."""
    desk = desk_of(request)
    box = request.GET.get("box", "")
    box = box if box in BOXES else ""
    text = line(request.GET.get("q", ""), limit=LONGEST)
    gateway = open_gateway(business_id=desk.business.pk)
    page = Paginator(_threads(desk, box, text), PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "desk/messages/inbox.html",
        desk,
        place="messages",
        places=places(desk, current="inbox"),
        page=page,
        rows=[_line(row_of(one), desk) for one in page.object_list],
        boxes=_boxes(desk, box, text),
        box=box,
        text=text,
        gateway=gateway,
        answer_to=as_read(gateway.sender) if gateway else "",
        texts_url=_texts_url(desk),
        toasts=toasts(request),
    )


def _texts_url(desk: Desk) -> str:
    """Where the owner connects a gateway."""
    if desk.is_owner:
        with suppress(NoReverseMatch):
            return reverse("desk:settings-texts", args=[desk.business.slug])
    return ""


def _threads(desk: Desk, box: str, text: str) -> QuerySet[Conversation]:
    """Newest first, each with its last entry beside it. What was put aside stands apart until somebody writes again."""
    rows = desk.conversations().select_related("client").order_by("-last_at", "-id")
    if box == "unread":
        rows = rows.filter(unread__gt=0)
    elif not text:
        rows = rows.filter(closed_at__isnull=box != "aside")
    return with_last(rows.filter(_finds(text)) if text else rows)


def _finds(text: str) -> Q:
    """Find by a part of the name or, where there are digits, of the number."""
    digits = "".join(char for char in text if char.isdigit())
    by_name = Q(client__search_text__contains=search_text(text))
    return by_name | Q(address__contains=digits) if digits else by_name


def _line(row: InboxRow, desk: Desk) -> ThreadLine:
    thread, words = row.conversation, " ".join(row.words.split())[:SNIPPET]
    return ThreadLine(
        thread=thread,
        name=row.name if thread.client else as_read(thread.address),
        words=_("You: %(words)s") % {"words": words} if row.is_ours else words,
        when=short_when(thread, desk),
        badge=keyword_badge(row.keyword),
        url=reverse("desk:conversation", args=[desk.business.slug, thread.pk]),
    )


def short_when(thread: Conversation, desk: Desk) -> str:
    """Today's by the clock, older ones by the day; the page names the zone once."""
    day = local_date(thread.last_at, desk.zone)
    if day == local_date(desk.now, desk.zone):
        return times.clock(thread.last_at, desk.zone)
    return times.short_day(thread.last_at, desk.zone)


def _boxes(desk: Desk, box: str, text: str) -> list[Link]:
    url = reverse("desk:messages", args=[desk.business.slug])
    named = [
        ("", pgettext("conversations", "Open")),
        ("unread", pgettext("conversations", "Unread")),
        ("aside", pgettext("conversations", "Put aside")),
    ]
    kept = {"q": text} if text else {}
    return [
        Link(
            label=label,
            url=f"{url}?{urlencode({'box': key, **kept})}" if key or kept else url,
            current=box == key,
        )
        for key, label in named
    ]
