"""What the database itself refuses in notify: what a provider said, and what an address once was, stays said."""

from __future__ import annotations

from clientela.platform.guard_forms import frozen
from clientela.platform.guards import register

register(
    frozen(
        "notify_receipt", "message_id", "direct_text_id", "provider", "key", "kind", "code", "at"
    )
)
register(frozen("notify_addressevent", "state_id", "trouble", "because", "at"))
