"""One conversation: what was written both ways, the box for an answer, and the pages one may send."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clientela.platform import clock
from clientela.platform.ids import uuid7
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.support.models import Line, Side, Thread
from clientela.support.queries.requests import requests_of
from clientela.support.queries.threads import email_of, name_of, newest_lines
from clientela.web.design.shapes import Link
from clientela.web.support_desk.conversations import shown_name
from clientela.web.support_desk.frame import support_page, zone_of
from clientela.web.support_desk.requests import line_of

LONGEST = 4000
PAGE = 60
"""How many lines a page shows."""
REQUESTS = 5


@dataclass(frozen=True, slots=True)
class Day:
    """What was said on one day of the reader's clock."""

    on: date
    lines: list[Line]


def conversation(request: DoorRequest, thread_id: UUID) -> HttpResponse:
    """Show a conversation. Asking for the page changes nothing: it says by itself, or by a button, that it was read."""
    one = the_thread(thread_id)
    return conversation_page(request, one, typed=_sentence(request.GET.get("send", ""), one))


def the_thread(thread_id: UUID) -> Thread:
    """Return the conversation of an address, or raise 404."""
    found = Thread.objects.select_related("account", "business").filter(pk=thread_id).first()
    if found is None:
        raise Http404
    return found


def conversation_page(
    request: DoorRequest, one: Thread, *, typed: str = "", wrong: str = "", status: int = 200
) -> HttpResponse:
    """Draw it; an answer that was refused stands in the box again, with why."""
    now, zone = clock.now(), zone_of(request)
    lines, earlier = newest_lines(one, before=request.GET.get("before", ""), most=PAGE)
    return support_page(
        request,
        "support_desk/conversation.html",
        place="threads",
        status=status,
        thread=one,
        name=shown_name(name_of(one)),
        is_reachable=bool(email_of(one)),
        days=_days(lines, zone),
        earlier=earlier,
        person=Side.PERSON,
        typed=typed,
        wrong=wrong,
        key=uuid7().hex,
        longest=LONGEST,
        language=dict(settings.LANGUAGES).get(one.language, one.language),
        asked=[line_of(row, now=now) for row in requests_of(thread=one, most=REQUESTS)],
        sendable=_sendable(one),
    )


def _days(lines: list[Line], zone: str) -> list[Day]:
    def day_of(line: Line) -> date:
        return local_date(line.at, zone)

    return [Day(on, list(group)) for on, group in groupby(lines, key=day_of)]


def _pages() -> list[tuple[str, str, str]]:
    """What only the client can do, in the language in force: the word of the address, its name, what one writes."""
    return [
        (
            "client:two-accounts",
            _("I have two accounts"),
            _("Here you can say that both accounts are yours: %(url)s"),
        ),
        (
            "client:household",
            _("We are a couple or a family"),
            _("Here you can say who belongs to your household: %(url)s"),
        ),
    ]


def _sendable(one: Thread) -> list[Link]:
    """The client's own pages that may be sent to them: nothing is done there on their behalf."""
    links = []
    for route, label, _words in _pages():
        with suppress(NoReverseMatch):
            reverse(route)
            url = reverse("support:thread", args=[one.pk])
            links.append(Link(label=label, url=f"{url}?send={route.removeprefix('client:')}#body"))
    return links


def _sentence(send: str, one: Thread) -> str:
    """What to write with the address of such a page, in the person's own language; nothing for any other word."""
    with translation.override(one.language), suppress(NoReverseMatch):
        for route, _label, words in _pages():
            if send and route == f"client:{send}":
                return words % {"url": f"{settings.PUBLIC_URL}{reverse(route)}"}
    return ""
