"""Sending: what is due is decided again, written down as an attempt, handed over, and settled.

The trace is written before the attempt and the outcome after it, so a worker that dies in
between leaves open attempts. Whoever takes those rows next notes them as *unknown*: the
mails may have left. Nothing is lost, and nothing is sent twice in silence.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Final

from clientela.notify.actions.begin_attempts import LEASE, begin_attempts
from clientela.notify.actions.settle_attempts import give_back, settle_attempts
from clientela.notify.attempts import Begun, Ended
from clientela.notify.channels import Channel, Session
from clientela.notify.decisions import CHANNEL_PAUSE
from clientela.notify.models import Message
from clientela.platform.failpoints import failpoint
from clientela.platform.installation import sending_held_since
from clientela.platform.leases import Lease, finish, take
from clientela.platform.tenancy import business_scope, system_scope

BATCH: Final = 60
# Begun together and settled together: what a worker that is killed may leave as unknown.
IN_HAND: Final = 10
# With a slow server what is in hand is settled, and the rest decided anew, after so long.
PATIENCE_SECONDS: Final = 0.5


class Ways:
    """The ways out that are open, one for each channel."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._open: dict[str, Session] = {}

    def of(self, channel: Channel) -> Session:
        """Return the channel's way out, opened once."""
        if channel.name not in self._open:
            self._open[channel.name] = self._stack.enter_context(channel.session())
        return self._open[channel.name]


def send_due(*, now: datetime) -> int:
    """Send up to ``BATCH`` due messages; return how many were dealt with.

    Nothing is sent while the installation holds messages (after a restore). When a channel
    cannot be reached at all, everything due by it waits a minute, so that ten thousand messages
    cost one connection attempt and not ten thousand.
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
    """Send the messages of the leases, some at a time, until a channel cannot be used."""
    for some in _some_at_a_time(leases):
        begun = begin_attempts(leases=some, now=now)
        unreachable = _hand_over(begun, ways, now)
        if unreachable is not None:
            _rest(unreachable, now)
            _let_go(leases)
            return


def _hand_over(begun: Sequence[Begun], ways: Ways, now: datetime) -> Channel | None:
    """Hand over what has begun and settle it; return the channel that could not be used, if one could not.

    What was not reached, because of that or because the server is slow, is given back: it was never in
    anybody's hands, and is decided anew.
    """
    ended: list[Ended] = []
    until = time.monotonic() + PATIENCE_SECONDS
    unreachable = None
    try:
        for one in begun:
            failpoint("notify.send.before-hand-over")
            with business_scope(one.message.business_id):
                result = ways.of(one.channel).hand_over(one.parcel, now=now)
            failpoint("notify.send.after-hand-over")
            ended.append(Ended(one, result))
            unreachable = one.channel if result.is_unreachable else None
            if unreachable or time.monotonic() > until:
                break
    finally:
        settle_attempts(ended=ended, now=now)
    give_back(begun=begun[len(ended) :], now=now)
    return unreachable


def _some_at_a_time(leases: Sequence[Lease]) -> Iterator[Sequence[Lease]]:
    for first in range(0, len(leases), IN_HAND):
        yield leases[first : first + IN_HAND]


def _rest(channel: Channel, now: datetime) -> None:
    """Let everything due by an unreachable channel wait for the pause."""
    waiting = Message.objects.filter(channel=channel.name, send_at__lte=now)
    waiting.update(send_at=now + CHANNEL_PAUSE)


def _let_go(leases: Sequence[Lease]) -> None:
    """Give back the rows of the batch that were taken and not begun."""
    for lease in leases:
        finish(lease)
