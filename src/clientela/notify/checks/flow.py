"""Whether messages flow: queues, what is ambiguous or given up, what came back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from clientela.notify.queries.attention import ambiguous_messages, failed_messages
from clientela.notify.queries.bounces import returns
from clientela.notify.queries.held_copies import held_copies
from clientela.notify.queries.queues import queues
from clientela.platform.doctor import Finding, bad, check, ok, warn

LATE_AFTER: Final = timedelta(minutes=10)
LATELY: Final = timedelta(days=1)
MOST_NAMED: Final = 10
FEW: Final = 5
"""Fewer than so many returns say nothing about a sender."""
SOME_PER_CENT, MANY_PER_CENT = 3, 8
"""Large mail hosts slow a sender down from about the first on, and shut the door at the second."""


@check("messages")
def messages_flow(now: datetime) -> Iterator[Finding]:
    """Look for messages late, ambiguous or given up."""
    found = [*_late(now), *_unsettled(now)]
    yield from found or [ok("No message is late, ambiguous or given up.")]


@check("bounces")
def few_come_back(now: datetime) -> Iterator[Finding]:
    """Look how much of the last day's messages came back, channel by channel."""
    found = [one for one in returns(since=now - LATELY) if one.came_back >= FEW]
    for one in found:
        text = f"{one.per_cent} % of the last day's messages by {one.channel} came back ({one.came_back} of {one.taken})."
        fix = "Look at their reasons on /operator/ and correct these addresses; look at the sending domain's records too."
        if one.per_cent >= MANY_PER_CENT:
            yield bad(text, fix)
        elif one.per_cent >= SOME_PER_CENT:
            yield warn(text, fix)
    if not any(one.per_cent >= SOME_PER_CENT for one in found):
        yield ok("Hardly anything came back within the last day.")


@check("copies")
def copies_are_switched_on(_now: datetime) -> Iterator[Finding]:
    """Name the copied businesses whose messages about appointments are not switched on."""
    held = held_copies()
    for slug in held[:MOST_NAMED]:
        yield warn(
            f"/{slug}/ came as a copy of a file: no message about its appointments leaves yet.",
            "Its owner switches that on among the settings, in the plan of messages, once nobody is reminded twice.",
        )
    if not held:
        yield ok("No copied business waits for its messages to be switched on.")


def _late(now: datetime) -> Iterator[Finding]:
    for queue in queues(now=now):
        if now - queue.oldest_at > LATE_AFTER:
            minutes = int((now - queue.oldest_at).total_seconds()) // 60
            yield bad(
                f"The oldest message by {queue.channel} has waited {minutes} minutes; {queue.waiting} are due.",
                "See that the worker runs (`clientela serve`, or `clientela worker`), and that what carries it answers.",
            )


def _unsettled(now: datetime) -> Iterator[Finding]:
    unknown = len(ambiguous_messages())
    if unknown:
        yield warn(
            f"{_messages(unknown)} may or may not have left.",
            "Decide on /operator/: send them again, or leave them.",
        )
    failed = len(failed_messages(since=now - LATELY))
    if failed:
        yield warn(
            f"Given up within the last day: {_messages(failed)}.",
            "Look at their reasons on /operator/.",
        )


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"
