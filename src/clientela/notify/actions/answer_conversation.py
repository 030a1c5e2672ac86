"""A member of staff answers a person who wrote."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.conversations.actions.add_entry import add_entry
from clientela.conversations.models import Conversation, Direction, Entry, Medium
from clientela.notify.actions.send_direct_text import send_direct_text
from clientela.notify.errors import NumberUnusable, TextEmpty
from clientela.notify.models import TextPurpose
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def answer(*, conversation: Conversation, body: str, by: Actor, now: datetime) -> Entry:
    """Keep the answer in the thread and queue the text that carries it; the thread is read.

    Refuses as ``send_direct_text`` does, and then nothing stands: an answer that cannot leave was not given.
    What becomes of it is ``entry.direct_text.reason``.
    """
    if conversation.medium != Medium.SMS:
        raise NumberUnusable(field="number", kind="not-a-number")
    with transaction.atomic():
        entry = add_entry(
            conversation=conversation,
            direction=Direction.OUT,
            body=body,
            by_id=by.account_id,
            now=now,
        )
        if entry is None or not entry.body:
            raise TextEmpty(field="body")
        send_direct_text(
            business=conversation.business,
            number=conversation.address,
            body=entry.body,
            purpose=TextPurpose.REPLY,
            entry=entry,
            now=now,
        )
        note(action="conversation-answered", subject=conversation, by=by, now=now)
    return entry
