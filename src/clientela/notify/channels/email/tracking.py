"""What a mail provider's news means: from anymail's normalised events to ours. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from anymail.signals import EventType, RejectReason

from clientela.notify.channels.email.answers import without_addresses
from clientela.notify.channels.email.provider import METADATA
from clientela.notify.models import ReceiptKind
from clientela.notify.news import News

# Whether somebody opened a mail or followed its link is none of our business; such news has no kind.
_KINDS: Final = {
    EventType.SENT: ReceiptKind.SENT,
    EventType.DELIVERED: ReceiptKind.DELIVERED,
    EventType.DEFERRED: ReceiptKind.BOUNCED_SOFT,
    EventType.FAILED: ReceiptKind.FAILED,
    EventType.COMPLAINED: ReceiptKind.COMPLAINED,
    # Who unsubscribes at the provider has read the mail and wants no more: the same to us.
    EventType.UNSUBSCRIBED: ReceiptKind.COMPLAINED,
}
_RETURNED: Final = {
    RejectReason.INVALID: ReceiptKind.BOUNCED_HARD,
    RejectReason.BOUNCED: ReceiptKind.BOUNCED_HARD,
    RejectReason.TIMED_OUT: ReceiptKind.BOUNCED_SOFT,
    RejectReason.BLOCKED: ReceiptKind.FILTERED,
    RejectReason.SPAM: ReceiptKind.FILTERED,
    RejectReason.UNSUBSCRIBED: ReceiptKind.OPTED_OUT,
}
# Words with which a provider marks a bounce as passing, though anymail files it with the others.
_PASSING: Final = frozenset({"softbounce", "soft_bounce", "temporary"})


def news_of(event: Any, *, provider: str, now: datetime) -> News | None:  # noqa: ANN401 -- anymail brings no types
    """Return what the event says about one of our mails, or None if it is nothing to us."""
    kind = _kind_of(event)
    if kind is None:
        return None
    at = event.timestamp or now
    return News(
        provider=provider,
        key=_key_of(event),
        kind=kind,
        at=at,
        provider_id=str(event.message_id or "")[:200],
        message_pk=_message_pk(event),
        code=str(event.reject_reason or "")[:20],
        detail=without_addresses(str(event.mta_response or event.description or ""))[:200],
    )


def _kind_of(event: Any) -> ReceiptKind | None:  # noqa: ANN401 -- likewise
    if event.event_type in {EventType.BOUNCED, EventType.REJECTED}:
        if _is_passing(event):
            return ReceiptKind.BOUNCED_SOFT
        # A return that names no cause condemns this mail, not the address.
        return _RETURNED.get(event.reject_reason, ReceiptKind.FAILED)
    return _KINDS.get(event.event_type)


def _is_passing(event: Any) -> bool:  # noqa: ANN401 -- likewise
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    words = (str(raw.get(name, "")).lower() for name in ("Type", "event", "type"))
    return any(word in _PASSING for word in words)


def _key_of(event: Any) -> str:  # noqa: ANN401 -- likewise
    """Make a name of the event from what it says: some providers name none, or another at each delivery."""
    said = "\x1f".join(
        str(part)
        for part in (
            event.event_type,
            event.message_id,
            event.recipient,
            event.timestamp,
            event.reject_reason,
        )
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _message_pk(event: Any) -> UUID | None:  # noqa: ANN401 -- likewise
    try:
        return UUID(str((event.metadata or {}).get(METADATA, "")))
    except ValueError:
        return None
