"""What waits to be sent, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Min, Q, When

from clientela.notify.decisions import LINE_DOWN
from clientela.notify.models import AccountMail, DirectText, Message, Reason

ACCOUNT_MAILS = "account mail"
DIRECT_TEXTS = "answer"


@dataclass(frozen=True, slots=True)
class Queue:
    """One channel's: how many should have left by now, and since when the oldest of them waits."""

    channel: str
    waiting: int
    oldest_at: datetime


def queues(*, now: datetime) -> list[Queue]:
    """Return the queues in which something is due, by channel; three queries over what is due.

    A message that was tried and put off, or whose line is down, waits since it fell due; one that is held for quiet hours waits for nobody, and
    does not count before their end.
    """
    since = Case(
        When(Q(tries__gt=0) | Q(because=LINE_DOWN), then=F("due_at")), default=F("send_at")
    )
    due = (
        Message.objects.filter(reason=Reason.QUEUED, send_at__isnull=False)
        .annotate(since=since)
        .filter(Q(since__lte=now))
    )
    rows = due.values("channel").annotate(waiting=Count("pk"), oldest=Min("since"))
    found = [
        Queue(row["channel"], row["waiting"], row["oldest"]) for row in rows.order_by("channel")
    ]
    for name, model in ((ACCOUNT_MAILS, AccountMail), (DIRECT_TEXTS, DirectText)):
        others = model._default_manager.filter(
            reason=Reason.QUEUED, send_at__isnull=False, created_at__lte=now
        ).aggregate(waiting=Count("pk"), oldest=Min("created_at"))
        if others["waiting"]:
            found.append(Queue(name, others["waiting"], others["oldest"]))
    return found
