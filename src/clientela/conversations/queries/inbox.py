"""A thread as the inbox lists it: with the last thing said in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from clientela.conversations.models import Conversation, Direction, Entry


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
