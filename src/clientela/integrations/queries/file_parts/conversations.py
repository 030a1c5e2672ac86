"""Threads with clients, as entries."""

from __future__ import annotations

from clientela.conversations.models import Conversation
from clientela.integrations.business_file.messages import ConversationEntry, WordEntry
from clientela.integrations.queries.file_parts.keys import RowKeys


def conversation_entries(keys: RowKeys) -> list[ConversationEntry]:
    """Return the threads, oldest first, each with all that was said; who of the staff answered belongs to persons."""
    rows = Conversation.objects.order_by("created_at", "id").prefetch_related("entries")
    return [
        ConversationEntry.model_validate(
            {
                "id": row.pk,
                "medium": row.medium,
                "address": row.address,
                "client": keys.clients.get(row.client_id) if row.client_id else None,
                "unread": row.unread,
                "last_at": row.last_at,
                "closed_at": row.closed_at,
                "created_at": row.created_at,
                "entries": [
                    WordEntry.model_validate(
                        {
                            "direction": entry.direction,
                            "body": entry.body,
                            "key": entry.key,
                            "keyword": entry.keyword,
                            "said_at": entry.at,
                        }
                    )
                    for entry in row.entries.all()
                ],
            }
        )
        for row in rows
    ]
