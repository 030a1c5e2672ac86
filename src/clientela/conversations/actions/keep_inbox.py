"""What staff do with a thread without saying anything: read it, put it aside, say whose it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.conversations.errors import CardNotHere
from clientela.conversations.models import Conversation
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def mark_read(*, conversation: Conversation, seen: int | None = None) -> None:
    """Count nothing as unread any more; with ``seen``, only if no more than that had come when it was looked at.

    Somebody's text that arrives while the page is being opened stays unread.
    """
    rows = Conversation.objects.filter(pk=conversation.pk, unread__gt=0)
    if seen is not None:
        rows = rows.filter(unread=seen)
    if rows.update(unread=0):
        conversation.unread = 0


def put_aside(*, conversation: Conversation, now: datetime) -> None:
    """Take a thread out of the inbox until the person writes again; it counts as read."""
    Conversation.objects.filter(pk=conversation.pk, closed_at__isnull=True).update(
        closed_at=now, unread=0
    )
    conversation.refresh_from_db(fields=["closed_at", "unread"])


def bring_back(*, conversation: Conversation) -> None:
    """Put a thread that was laid aside back into the inbox."""
    Conversation.objects.filter(pk=conversation.pk).update(closed_at=None)
    conversation.closed_at = None


def link_client(
    *, conversation: Conversation, client: Client | None, by: Actor, now: datetime
) -> None:
    """Say whose thread it is, or that it is nobody's card (``None``). Refuses ``CardNotHere``.

    Several people may share a number, so only a person can say who wrote.
    """
    with transaction.atomic():
        if client is not None:
            here = living_cards().filter(pk=client.pk, business=conversation.business_id)
            if not here.exists():
                raise CardNotHere(field="client")
        Conversation.objects.filter(pk=conversation.pk).update(client=client)
        conversation.client = client
        note(
            action="conversation-linked" if client else "conversation-unlinked",
            subject=conversation,
            by=by,
            now=now,
            details={"client": str(client.pk)} if client else {},
        )


def mark_unread(*, conversation: Conversation) -> None:
    """Let a thread count as unread again, for somebody to come back to; it returns to the inbox."""
    Conversation.objects.filter(pk=conversation.pk, unread=0).update(unread=1)
    Conversation.objects.filter(pk=conversation.pk).update(closed_at=None)
    conversation.refresh_from_db(fields=["unread", "closed_at"])
