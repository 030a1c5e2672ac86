"""What the database itself refuses in conversations: what was said stays as it was said."""

from __future__ import annotations

from clientela.platform.guard_forms import frozen
from clientela.platform.guards import register

register(frozen("conversations_entry", "conversation_id", "direction", "body", "key", "at"))
