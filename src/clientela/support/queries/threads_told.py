"""What a person who takes their data along is told of what they and the support wrote to each other."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from clientela.accounts.models import Account
from clientela.support.models import Line, Side
from clientela.support.queries.threads import earlier_threads


def threads_told(*, account: Account) -> list[dict[str, Any]]:
    """Return everything said in the person's own thread, in order: when, by whom, and the words.

    What stood under a log-in that became theirs is among it, as in the chat.
    """
    theirs = Q(thread__account=account) | Q(thread__in=earlier_threads(account_id=account.pk))
    return [
        {
            "at": one.at.isoformat(),
            "said_by": "person" if one.side == Side.PERSON else "support",
            "words": one.body,
        }
        for one in Line.objects.filter(theirs).order_by("at", "id")
    ]
