"""Which rows of this room follow when one card is taken up by another, and go back when they are parted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from clientela.conversations.models import Conversation
from clientela.people.movers import repoints
from clientela.people.partings import Side, Sides, attributes


def who_wrote(rows: Collection[Conversation], sides: Sides) -> Iterable[tuple[UUID, Side]]:
    """Say whose each thread is: the number's it came from."""
    for one in rows:
        yield one.pk, sides.by_address(one.address)


repoints("conversations.Conversation", "client")
attributes("conversations.Conversation", "client", by=who_wrote)
