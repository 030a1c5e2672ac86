"""A thread's lines in the order of time: what they wrote, what we answered, and what was sent by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from clientela.accounts.models import Account
from clientela.conversations.models import Conversation, Direction, Entry
from clientela.notify.models import DirectText, Message, Reason
from clientela.notify.reach import SMS
from clientela.people.models import Identifier, IdentifierKind
from clientela.rules.clock_time import local_date
from clientela.web.design.shapes import Badge
from clientela.web.desk.messages.keywords import keyword_badge
from clientela.web.desk.staff import Desk
from clientela.web.message_words import ReasonWords, message_title, reason_words
from clientela.web.states import Audience

PAGE = 60
"""How many entries a page shows; and at most as many messages between them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line. ``kind``: ``in``, ``out`` (an answer, by whom and what became of it) or ``sent`` (by itself)."""

    kind: str
    at: datetime
    text: str
    by: str = ""
    became: ReasonWords | None = None
    badge: Badge | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayOfLines:
    """The lines of one day of the desk's clock."""

    on: date
    lines: Sequence[Line]


def bubbles_of(one: Conversation, desk: Desk, *, before: str) -> tuple[list[DayOfLines], str]:
    """Return the newest lines by day, oldest first, and the address' argument that leads further back (or blank).

    Four queries, however long the thread is.
    """
    rows, has_more = _entries(one, before)
    lines = [*_said(rows, desk), *_sent(one, desk, rows, is_last=not before, is_first=not has_more)]
    lines.sort(key=lambda line: line.at)
    days = [
        DayOfLines(on=on, lines=list(group))
        for on, group in groupby(lines, key=lambda line: local_date(line.at, desk.zone))
    ]
    return days, str(rows[0].pk) if has_more else ""


def _entries(one: Conversation, before: str) -> tuple[list[Entry], bool]:
    """The newest entries, oldest first, before the one that is named; and whether there are more."""
    rows = Entry.objects.filter(conversation=one).select_related("direct_text")
    mark = _entry(one, before)
    if mark is not None:
        rows = rows.filter(Q(at__lt=mark.at) | Q(at=mark.at, pk__lt=mark.pk))
    newest = list(rows.order_by("-at", "-id")[: PAGE + 1])
    return newest[:PAGE][::-1], len(newest) > PAGE


def _entry(one: Conversation, text: str) -> Entry | None:
    try:
        key = UUID(text[:64])
    except ValueError:
        return None
    return Entry.objects.filter(conversation=one, pk=key).first()


def _said(rows: Sequence[Entry], desk: Desk) -> list[Line]:
    names = _names(rows)
    return [
        Line(
            kind=row.direction,
            at=row.at,
            text=row.body,
            by=names.get(row.by_id, "") if row.by_id else "",
            became=_became(row),
            badge=keyword_badge(row.keyword) if row.direction == Direction.IN else None,
        )
        for row in rows
    ]


def _names(rows: Sequence[Entry]) -> dict[UUID, str]:
    """Who of the staff answered."""
    keys = {row.by_id for row in rows if row.by_id}
    return dict(Account.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _became(row: Entry) -> ReasonWords | None:
    """What became of an answer, as the text that carried it says."""
    if row.direction != Direction.OUT:
        return None
    try:
        text = row.direct_text
    except DirectText.DoesNotExist:
        return None
    return reason_words(text.reason, audience=Audience.STAFF, channel=SMS, tried=text.tries > 0)


def _sent(
    one: Conversation, desk: Desk, rows: Sequence[Entry], *, is_last: bool, is_first: bool
) -> list[Line]:
    """The messages about appointments that went to the number in the stretch of time that is shown."""
    cards = _cards(one)
    found = Message.objects.filter(
        channel=SMS, address=one.address, tries__gt=0, settled_at__isnull=False
    ).filter(Q(appointment__client__in=cards) | Q(offer__entry__client__in=cards))
    if not desk.sees_all:
        found = found.filter(
            Q(appointment__professional=desk.own) | Q(offer__professional=desk.own)
        )
    if rows and not is_first:
        found = found.filter(settled_at__gte=rows[0].at)
    if rows and not is_last:
        found = found.filter(settled_at__lt=rows[-1].at)
    newest = found.order_by("-settled_at", "-id")[:PAGE]
    return [_line_of(message, desk) for message in newest]


def _cards(one: Conversation) -> set[UUID]:
    """The thread's card, and every other that has the number: couples share a phone."""
    same = Identifier.objects.filter(kind=IdentifierKind.PHONE, value=one.address)
    cards = set(same.values_list("client_id", flat=True))
    return cards | ({one.client_id} if one.client_id else set())


def _line_of(message: Message, desk: Desk) -> Line:
    assert message.settled_at is not None  # noqa: S101 -- filtered above
    return Line(
        kind="sent",
        at=message.settled_at,
        text=message_title(message.rule, SMS, message.timing),
        became=reason_words(
            Reason(message.reason),
            audience=Audience.STAFF,
            channel=SMS,
            because=message.because,
            tried=True,
        ),
        url=reverse("desk:appointment", args=[desk.business.slug, message.appointment_id])
        if message.offer_id is None
        else reverse("desk:waiting", args=[desk.business.slug]),
    )
