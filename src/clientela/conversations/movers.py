"""Which rows of this room follow when one card is taken up by another."""

from __future__ import annotations

from clientela.people.movers import repoints

repoints("conversations.Conversation", "client")
