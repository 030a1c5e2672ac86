"""What a person who takes their data along is told of what they and the support wrote to each other."""

from __future__ import annotations

from typing import Any

from clientela.accounts.models import Account
from clientela.support.models import Line, Side


def threads_told(*, account: Account) -> list[dict[str, Any]]:
    """Return everything said in the person's own thread, in order: when, by whom, and the words."""
    return [
        {
            "at": one.at.isoformat(),
            "said_by": "person" if one.side == Side.PERSON else "support",
            "words": one.body,
        }
        for one in Line.objects.filter(thread__account=account).order_by("at", "id")
    ]
