"""News: what a provider said of a message, as a plain value that every channel can make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clientela.notify.models import ReceiptKind


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One genuine piece of news: its signature was looked at.

    ``key`` is the provider's own id of the event, or made of what it says, so that a repetition is known.
    ``message_pk`` is the id that the provider was given and gives back; without it, ``provider_id`` finds the message.
    ``business_id`` is whose gateway signed: news about another's message is nobody's. None: the installation's.
    """

    provider: str
    key: str
    kind: ReceiptKind
    at: datetime
    provider_id: str = ""
    message_pk: UUID | None = None
    business_id: UUID | None = None
    code: str = ""
    detail: str = ""
