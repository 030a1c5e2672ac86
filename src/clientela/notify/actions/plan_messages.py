"""Planning: a fact becomes one row per line of the plan, recipient and channel, also where nothing will be sent."""

from __future__ import annotations

from datetime import datetime

from clientela.notify.actions.replan_messages import without_row
from clientela.notify.models import Message
from clientela.notify.occasions import Occasion
from clientela.notify.queries.planned_lines import planned_lines
from clientela.notify.rows import row_of


def plan_messages(*, occasion: Occasion, now: datetime) -> list[Message]:
    """Write the rows of an occasion and return the new ones; asked again, it writes none twice.

    Runs in the transaction of the event's receipt. What tells of the fact is due at once, or says why there is
    none. What waits for a time of its own is planned by the appointment as it stands, whichever event is heard
    first: rows that were planned before and not tried are moved in place (``replan_messages``).
    """
    lines = planned_lines(occasions=[occasion], now=now)
    later = [one for one in lines if one.is_later]
    fresh = without_row(occasions=[occasion], lines=later, now=now)
    wanted = [one for one in lines if not one.is_later] + fresh
    rows = [row_of(one, now=now) for one in wanted]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return rows
