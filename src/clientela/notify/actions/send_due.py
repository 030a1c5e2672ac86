"""Sending: what is due is decided again, written down as an attempt, handed over, and settled.

The trace is written before the attempt and the outcome after it, so a worker that dies in
between leaves open attempts. Whoever takes those rows next notes them as *unknown*: the
messages may have left. Nothing is lost, and nothing is sent twice in silence.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Case, DateTimeField, Exists, OuterRef, Q, Value, When

from clientela.booking.models import Appointment
from clientela.notify.actions.begin_attempts import LEASE, begin_attempts
from clientela.notify.actions.settle_attempts import give_back, settle_attempts
from clientela.notify.attempts import Begun, Ended
from clientela.notify.channels import Channel, Session, channels
from clientela.notify.decisions import CHANNEL_PAUSE, LINE_DOWN
from clientela.notify.drafts import Draft, write_drafts
from clientela.notify.models import Message
from clientela.platform.failpoints import failpoint
from clientela.platform.installation import sending_held_since
from clientela.platform.leases import Lease, finish_all, take
from clientela.platform.tenancy import business_scope, system_scope

BATCH: Final = 125
# Begun together and settled together: what a worker that is killed may leave as unknown.
IN_HAND: Final = 10
# The first few go ahead: they show whether the way out is there, and how quick it is, before more is written for it.
VANGUARD: Final = 5
# What is in hand is settled after so long; with a slow carrier less is taken in hand.
PATIENCE_SECONDS: Final = 0.5
# What was decided and written so long ago, and has not begun, is decided anew; no more is written than will leave.
STALE_SECONDS: Final = 2.0
# A carrier that takes so long for one message keeps the others waiting: its line rests like one that is down.
TOO_SLOW_SECONDS: Final = 5.0
# What waited for a line comes in this order: those whose visit is near first.
AT_ONCE: Final = timedelta(hours=3)
TODAY: Final = timedelta(hours=24)
A_WAVE: Final = timedelta(seconds=1)

Way = tuple[str, str]


class Ways:
    """The ways out of one batch: open ones, one for each channel, lines that have proved to be of no use, and the pace."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._open: dict[str, Session] = {}
        self._seconds_each: float | None = None
        self.closed: set[Way] = set()

    def of(self, channel: Channel) -> Session:
        """Return the channel's way out, opened once."""
        if channel.name not in self._open:
            self._open[channel.name] = self._stack.enter_context(channel.session())
        return self._open[channel.name]

    def note_pace(self, *, count: int, seconds: float) -> None:
        """Remember how long so many took."""
        self._seconds_each = seconds / count

    def fit_into(self, seconds: float, *, most: int) -> int:
        """Say how many will leave in that time by the pace so far; a few, as long as nobody knows."""
        if self._seconds_each is None:
            return min(VANGUARD, most)
        return max(1, min(most, int(seconds / max(self._seconds_each, 1e-6))))


def send_due(*, now: datetime) -> int:
    """Send up to ``BATCH`` due messages; return how many were dealt with.

    Nothing is sent while the installation holds messages (after a restore). When a line cannot be used at all
    (a mail server that is down, a business's text gateway), everything due by it waits a minute, so that ten
    thousand messages cost one connection attempt and not ten thousand; the other lines go on.
    """
    with system_scope("sending due messages"):
        if sending_held_since() is not None:
            return 0
        due = Message.objects.filter(send_at__lte=now).order_by("send_at", "id")
        leases = take(due, now=now, lasts=LEASE, limit=BATCH)
        if not leases:
            return 0
        failpoint("notify.send.taken")
        with ExitStack() as stack:
            _send_all(leases, Ways(stack), now)
    return len(leases)


def _send_all(leases: Sequence[Lease], ways: Ways, now: datetime) -> None:
    """Send the messages of the leases, some at a time; what is let go comes again and is decided anew.

    What some came to is written in the transaction that begins the next ones: one commit for both.
    """
    chunks = _chunks(leases, ways, now)
    for chunk in chunks:
        begun = _begin(chunk, ways, now)
        while begun:
            handed = _hand_over(begun, ways, now)
            begun = _settle_and_begin(handed, _next(chunks, handed), ways, now)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Drafts that are begun together, and until when on this machine's clock what they were decided from is fresh."""

    drafts: Sequence[Draft]
    until: float


def _chunks(leases: Sequence[Lease], ways: Ways, now: datetime) -> Iterator[Chunk]:
    """Decide and write as many as will leave while that is fresh, then more; nothing for a line of no use."""
    while leases:
        if ways.closed:
            finish_all(leases)
            return
        few = ways.fit_into(STALE_SECONDS, most=BATCH)
        drafts, leases = write_drafts(leases=leases[:few], now=now), leases[few:]
        until = time.monotonic() + STALE_SECONDS
        yield from (Chunk(some, until) for some in _some_at_a_time(drafts, ways))


def _next(chunks: Iterator[Chunk], handed: Handed) -> Chunk | None:
    """Decide and write what comes next, outside of any transaction; what fails here must not lose what has left."""
    if handed.failure is not None:
        return None
    try:
        return next(chunks, None)
    except Exception as error:  # noqa: BLE001 -- raised again, once what left before is written down
        handed.failure = error
        return None


def _settle_and_begin(
    handed: Handed, chunk: Chunk | None, ways: Ways, now: datetime
) -> list[Begun]:
    """Settle what was handed over and begin the next; what became of the first is kept though the second fails."""
    failure: Exception | None = None
    begun: list[Begun] = []
    with transaction.atomic():
        settle_attempts(ended=handed.ended, now=now)
        give_back(begun=handed.left, now=now)
        if chunk is not None:
            try:
                begun = _begin(chunk, ways, now)
            except Exception as error:  # noqa: BLE001 -- raised again below, once the outcomes are kept
                failure = error
    for way in sorted({one.begun.way for one in handed.ended} & ways.closed):
        _rest(way, now)
    if handed.failure or failure:
        raise handed.failure or failure  # type: ignore[misc]  # one of them is there
    return begun


def _begin(chunk: Chunk, ways: Ways, now: datetime) -> list[Begun]:
    """Begin the chunk's attempts; drafts of closed lines, or read too long ago, are let go."""
    is_stale = time.monotonic() > chunk.until
    gone = [one for one in chunk.drafts if is_stale or _way(one) in ways.closed]
    finish_all(one.lease for one in gone)
    lost = {one.lease.pk for one in gone}
    kept = [one for one in chunk.drafts if one.lease.pk not in lost]
    return begin_attempts(drafts=kept, now=now) if kept else []


@dataclass(slots=True)
class Handed:
    """What became of attempts: those that were made, those that were not, and what broke the row off."""

    ended: list[Ended] = field(default_factory=list)
    left: list[Begun] = field(default_factory=list)
    failure: Exception | None = None


def _hand_over(begun: Sequence[Begun], ways: Ways, now: datetime) -> Handed:
    """Hand over what has begun. What is not reached, as its line is of no use or another is slow, was never in hand."""
    handed = Handed()
    since = time.monotonic()
    for one in begun:
        if one.way in ways.closed or (handed.ended and time.monotonic() > since + PATIENCE_SECONDS):
            handed.left.append(one)
            continue
        try:
            handed.ended.append(_hand_over_one(one, ways, now))
        except Exception as error:  # noqa: BLE001 -- raised again, once what left before is written down
            handed.failure = error
            break
    if handed.ended:
        ways.note_pace(count=len(handed.ended), seconds=time.monotonic() - since)
    return handed


def _hand_over_one(one: Begun, ways: Ways, now: datetime) -> Ended:
    failpoint("notify.send.before-hand-over")
    began = time.monotonic()
    with business_scope(one.message.business_id):
        result = ways.of(one.channel).hand_over(one.parcel, now=now)
    failpoint("notify.send.after-hand-over")
    if result.is_unreachable or time.monotonic() - began > TOO_SLOW_SECONDS:
        ways.closed.add(one.way)
    return Ended(one, result)


def _some_at_a_time(drafts: Sequence[Draft], ways: Ways) -> Iterator[Sequence[Draft]]:
    """Several together where an interrupted one is sent again; alone where it is left to a person.

    A text that was begun behind another, and whose worker died at that one, would be lost: nobody knows that it
    never left.
    """
    together = [one for one in drafts if _channel(one).ambiguity != "leave"]
    while together:
        few = ways.fit_into(PATIENCE_SECONDS, most=IN_HAND)
        yield together[:few]
        together = together[few:]
    yield from ([one] for one in drafts if _channel(one).ambiguity == "leave")


def _channel(draft: Draft) -> Channel:
    return channels()[draft.due.message.channel]


def _way(draft: Draft) -> Way:
    channel = _channel(draft)
    return channel.name, channel.way_of(draft.due.message.business_id)


def _rest(way: Way, now: datetime) -> None:
    """Let everything due by a line of no use wait for the pause, saying why; what is urgent waits a little less.

    One statement, however many wait. Rows that another worker holds just now it finds itself.
    """
    name, line = way
    resting = Q(because=LINE_DOWN, send_at__lte=now + CHANNEL_PAUSE)
    waiting = Message.objects.filter(Q(send_at__lte=now) | resting, channel=name)
    if line:
        waiting = waiting.filter(business_id=line)
    again = now + CHANNEL_PAUSE
    is_offer = Q(offer__isnull=False)
    with transaction.atomic():
        held = waiting.select_for_update(skip_locked=True, of=("self",)).values("pk")
        Message.objects.filter(pk__in=held).update(
            because=LINE_DOWN,
            send_at=Case(
                When(is_offer | _starts_within(AT_ONCE, now), then=Value(again - 2 * A_WAVE)),
                When(_starts_within(TODAY, now), then=Value(again - A_WAVE)),
                default=Value(again),
                output_field=DateTimeField(),
            ),
        )


def _starts_within(span: timedelta, now: datetime) -> Exists:
    """Whether the visit of the message lies so near ahead."""
    visit = Appointment.objects.filter(pk=OuterRef("appointment_id"))
    return Exists(visit.filter(starts_at__gt=now, starts_at__lte=now + span))
