"""Threads with clients, and what was said in them."""

from __future__ import annotations

from datetime import datetime

from clientela.conversations.models import Conversation, Entry
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.platform.ids import uuid7

BATCH = 500


def insert_conversations(document: BusinessFile, *, ids: RowIds, now: datetime) -> None:
    """Insert every thread; an answer that had not left stays unsent here."""
    keyed = [(entry.id or uuid7(), entry) for entry in document.conversations]
    Conversation.objects.bulk_create(
        (
            Conversation(
                id=key,
                business_id=ids.business,
                client_id=entry.client and ids.clients[entry.client],
                created_at=entry.created_at or now,
                **entry.model_dump(include={"medium", "address", "unread", "last_at", "closed_at"}),
            )
            for key, entry in keyed
        ),
        batch_size=BATCH,
    )
    Entry.objects.bulk_create(
        (
            Entry(
                business_id=ids.business,
                conversation_id=key,
                at=word.said_at,
                **word.model_dump(exclude={"said_at"}),
            )
            for key, entry in keyed
            for word in entry.entries
        ),
        batch_size=BATCH,
    )
