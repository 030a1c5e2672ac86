"""What a signed-in person waits for, in every business, for their home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from clientela.booking.models import WaitingEntry
from clientela.booking.queries.waiting_list import who_waits
from clientela.booking.waiting_links import wait_path
from clientela.business.models import Business
from clientela.people.queries.hidden_rows import shown_only
from clientela.web.waiting.hours import hours_words


@dataclass(frozen=True, slots=True)
class OwnWait:
    """One thing somebody waits for: in words, and where it is left."""

    entry: WaitingEntry
    hours: str
    url: str


def own_waits(*, account_id: UUID, at: Business | None) -> Sequence[OwnWait]:
    """Return what the account's own cards wait for, the longest first; two queries. ``at`` narrows to one business."""
    rows = shown_only(who_waits().filter(client__account=account_id))
    if at is not None:
        rows = rows.filter(business=at)
    return [
        OwnWait(one, hours_words(one.from_minute, one.until_minute), wait_path(one)) for one in rows
    ]
