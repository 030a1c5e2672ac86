"""Sent: every message there was or should have been, of the whole business, with the one reason it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from clientela.business.plain_text import line as plain
from clientela.notify.models import Message, Reason
from clientela.notify.queries.offered import give_stand_ins
from clientela.notify.queries.trace import TraceLine, trace_lines
from clientela.notify.reach import CHANNELS
from clientela.policy.door_request import DoorRequest
from clientela.rules import clock_time
from clientela.web.design.shapes import Bead, Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.messages.places import places
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts
from clientela.web.message_beads import proved
from clientela.web.message_words import channel_name
from clientela.web.states import Audience

PAGE = 30
MOST = 20 * PAGE
REACHES_BACK = timedelta(days=90)
LONGEST = 100
# Beyond these a day has no next one, or no clock.
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9000, 1, 1)

SENT = frozenset({Reason.HANDED_OVER, Reason.DELIVERED})
FAILED = frozenset(
    {
        Reason.BOUNCED_HARD,
        Reason.BOUNCED_SOFT,
        Reason.CARRIER_FILTERED,
        Reason.PROVIDER_ERROR,
        Reason.SCHEDULER_DOWN,
    }
)
UNSENT = frozenset(Reason) - SENT - FAILED - {Reason.QUEUED, Reason.UNKNOWN}
OUTCOMES: dict[str, frozenset[Reason]] = {
    "waiting": frozenset({Reason.QUEUED}),
    "sent": SENT,
    "not-sent": UNSENT,
    "failed": FAILED,
    "unknown": frozenset({Reason.UNKNOWN}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the list is narrowed to; blank or None: not at all."""

    outcome: str
    channel: str
    on: date | None
    text: str

    def query(self, **changes: str) -> str:
        """As the arguments of an address, with some changed."""
        given = {
            "outcome": self.outcome,
            "channel": self.channel,
            "day": self.on.isoformat() if self.on else "",
            "q": self.text,
            **changes,
        }
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One message of the list. ``undecided``: nobody knows whether it left, and a person may say what to do."""

    message: Message
    bead: Bead
    undecided: bool
    url: str

    @property
    def is_offer(self) -> bool:
        """Whether it is about a time that became free, and so about no appointment."""
        return self.message.offer_id is not None

    @property
    def asks_why(self) -> bool:
        """Whether it did not go as planned."""
        return self.bead.state in {"stop", "none"}


def sent(request: DoorRequest, business: str) -> HttpResponse:
    """Show the messages, those that should leave last first; what waits, in the order in which it leaves."""
    desk = desk_of(request)
    asked = _asked(request.GET)
    page = Paginator(_rows(desk, asked)[:MOST], PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "desk/messages/sent.html",
        desk,
        place="messages",
        places=places(desk, current="sent"),
        page=page,
        rows=rows_of(page.object_list, desk),
        asked=asked,
        filters=_filters(desk, asked),
        channels=[(one, channel_name(one)) for one in CHANNELS],
        toasts=toasts(request),
    )


def rows_of(messages: Iterable[Message], desk: Desk) -> list[Row]:
    """Draw messages as staff read them."""
    found = list(messages)
    give_stand_ins(found)
    lines = trace_lines(messages=found, now=desk.now)
    return [_row(message, line, desk) for message, line in zip(found, lines, strict=True)]


def _row(message: Message, line: TraceLine, desk: Desk) -> Row:
    undecided = line.reason is Reason.UNKNOWN and not (message.left_at or message.send_at)
    return Row(
        message=message,
        bead=proved(line, desk.zone, audience=Audience.STAFF),
        undecided=undecided and message.offer_id is None,
        url=_url(message, desk),
    )


def _url(message: Message, desk: Desk) -> str:
    """Where what it is about is looked at: the appointment, or the waiting list."""
    if message.offer_id is not None:
        return reverse("desk:waiting", args=[desk.business.slug])
    return reverse("desk:appointment", args=[desk.business.slug, message.appointment_id])


def _asked(given: QueryDict) -> Asked:
    """Read the filters; what is no filter is none."""
    outcome, channel = given.get("outcome", ""), given.get("channel", "")
    return Asked(
        outcome=outcome if outcome in OUTCOMES else "",
        channel=channel if channel in CHANNELS else "",
        on=_day(given.get("day", "")),
        text=plain(given.get("q", ""), limit=LONGEST),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _rows(desk: Desk, asked: Asked) -> QuerySet[Message]:
    """The messages this person may read, narrowed: always a stretch of time, so that an index bounds the work."""
    rows = (
        Message.objects.filter(business=desk.business)
        .select_related("appointment__client", "appointment__service")
        .prefetch_related("attempts", "receipts")
    )
    if not desk.sees_all:
        rows = rows.filter(Q(appointment__professional=desk.own) | Q(offer__professional=desk.own))
    rows = _in_time(rows, desk, asked)
    if asked.outcome:
        rows = rows.filter(reason__in=[one.value for one in OUTCOMES[asked.outcome]])
    if asked.channel:
        rows = rows.filter(channel=asked.channel)
    if asked.text:
        rows = rows.filter(
            Q(appointment__client__record_name__icontains=asked.text)
            | Q(offer__entry__client__record_name__icontains=asked.text)
        )
    waits = asked.outcome == "waiting"
    return rows.order_by("due_at", "id") if waits else rows.order_by("-due_at", "-id")


def _in_time(rows: QuerySet[Message], desk: Desk, asked: Asked) -> QuerySet[Message]:
    """A day of the desk's clock; else the last months, with what is still to come only where it was asked for."""
    if asked.on:
        day = clock_time.day_interval(asked.on, desk.zone)
        return rows.filter(due_at__gte=day.start, due_at__lt=day.end) if day else rows.none()
    rows = rows.filter(due_at__gte=desk.now - REACHES_BACK)
    return rows if asked.outcome else rows.filter(due_at__lte=desk.now)


def _filters(desk: Desk, asked: Asked) -> list[Link]:
    url = reverse("desk:messages-sent", args=[desk.business.slug])
    named = [
        ("", pgettext("messages", "Until now")),
        ("waiting", pgettext("messages", "Planned")),
        ("sent", pgettext("messages", "Sent")),
        ("not-sent", _("Not sent")),
        ("failed", _("Did not arrive")),
        ("unknown", _("Not known")),
    ]
    return [
        Link(label=label, url=f"{url}?{asked.query(outcome=key)}", current=asked.outcome == key)
        for key, label in named
    ]
