"""The inbox of a business: its threads, and what is unread in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from clientela.business.models import Business
from clientela.conversations.models import Conversation, Direction, Entry

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One thread, as the list shows it: the last thing said, by whom, and how much is unread."""

    conversation: Conversation
    words: str
    is_ours: bool
    keyword: str

    @property
    def name(self) -> str:
        """The card's name, else the number."""
        client = self.conversation.client
        return client.record_name if client is not None else self.conversation.address


def inbox(
    *,
    business: Business,
    is_aside: bool = False,
    client_id: UUID | None = None,
    before: datetime | None = None,
    limit: int = PAGE,
) -> list[InboxRow]:
    """Return threads, the latest first: those in the inbox, or those put aside. One query.

    ``client_id`` asks for one card's threads, wherever they lie. ``before`` is the ``last_at`` of the last one seen, for
    the next page.
    """
    rows = Conversation.objects.filter(business=business).select_related("client")
    if client_id is not None:
        rows = rows.filter(client=client_id)
    else:
        rows = rows.filter(closed_at__isnull=not is_aside)
    if before is not None:
        rows = rows.filter(last_at__lt=before)
    return [row_of(one) for one in with_last(rows).order_by("-last_at", "-id")[:limit]]


def row_of(thread: Any) -> InboxRow:  # noqa: ANN401 -- a conversation that ``with_last`` has read
    """Return one thread as the list shows it."""
    return InboxRow(
        conversation=thread,
        words=thread.last_words or "",
        is_ours=thread.last_direction == Direction.OUT,
        keyword=thread.last_keyword or "",
    )


def with_last(rows: QuerySet[Conversation]) -> QuerySet[Any]:
    """Read threads with the last thing said in each: one look into the thread's index per row."""
    last = Entry.objects.filter(conversation=OuterRef("pk")).order_by("-at", "-id")
    return rows.annotate(
        last_words=Subquery(last.values("body")[:1]),
        last_direction=Subquery(last.values("direction")[:1]),
        last_keyword=Subquery(last.values("keyword")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Unread:
    """How many threads somebody wrote in that nobody opened, and how many things they said."""

    threads: int
    entries: int


def unread(*, business: Business) -> Unread:
    """Return what waits to be read, for the mark beside the inbox's name. One query."""
    said = Conversation.objects.filter(business=business, unread__gt=0).aggregate(
        threads=Count("pk"), entries=Sum("unread")
    )
    return Unread(threads=said["threads"], entries=said["entries"] or 0)
