"""The queue: what is asked, who is awaited, and for how long; the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.support.models import Request, RequestKind, RequestState
from clientela.support.queries.requests import ended, queue
from clientela.web.design.shapes import Badge, Link
from clientela.web.elapsed import elapsed_words
from clientela.web.support_desk.frame import support_page
from clientela.web.support_desk.words import KINDS, asker_words, kind_words, state_badge

PAGE = 25
_AWAITED = {"support": RequestState.OPEN, "client": RequestState.WAITING_FOR_CLIENT}
BOXES = ("", *_AWAITED, "ended")


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestLine:
    """One request of the list: what, by whom, who is awaited, and for how long."""

    name: str
    icon: str
    badge: Badge
    words: str
    waits: str
    since: datetime
    url: str


def requests(request: DoorRequest) -> HttpResponse:
    """Show what waits; the addresses and names behind it are on no list."""
    box, kind = _chosen(request, "who", BOXES), _chosen(request, "kind", ("", *RequestKind.values))
    page = Paginator(_rows(box, kind), PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    return support_page(
        request,
        "support_desk/requests.html",
        place="requests",
        page=page,
        rows=[line_of(one, now=now) for one in page.object_list],
        boxes=_boxes(box, kind),
        kinds=_kinds(box, kind),
        box=box,
    )


def line_of(one: Request, *, now: datetime) -> RequestLine:
    """Return a request as lists show it."""
    words = kind_words(one)
    about = f"{one.business.name} · " if one.business is not None else ""
    return RequestLine(
        name=str(words.name),
        icon=words.icon,
        badge=state_badge(one),
        words=about + _("asked by %(who)s") % {"who": asker_words(one)},
        waits="" if one.ended_at else elapsed_words(now - one.since),
        since=one.since,
        url=reverse("support:request", args=[one.pk]),
    )


def _rows(box: str, kind: str) -> QuerySet[Request]:
    return ended(kind=kind) if box == "ended" else queue(kind=kind, awaited=_AWAITED.get(box))


def _chosen(request: DoorRequest, name: str, known: tuple[str, ...]) -> str:
    value = request.GET.get(name, "")
    return value if value in known else ""


def _boxes(box: str, kind: str) -> list[Link]:
    named = [
        ("", pgettext("requests", "Everything that waits")),
        ("support", pgettext("requests", "For the support")),
        ("client", pgettext("requests", "For the client")),
        ("ended", pgettext("requests", "Ended")),
    ]
    return [
        Link(label=label, url=_url(who=key, kind=kind), current=key == box) for key, label in named
    ]


def _kinds(box: str, kind: str) -> list[Link]:
    named = [("", pgettext("requests", "All kinds"))]
    named += [(key, str(words.name)) for key, words in KINDS.items()]
    return [
        Link(label=label, url=_url(who=box, kind=key), current=key == kind) for key, label in named
    ]


def _url(**chosen: str) -> str:
    kept = {name: value for name, value in chosen.items() if value}
    url = reverse("support:requests")
    return f"{url}?{urlencode(kept)}" if kept else url
