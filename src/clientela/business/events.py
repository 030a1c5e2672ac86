"""What happened to a business, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """Somebody was offered a role and is to get the link by mail."""

    business_id: UUID
    invitation_id: UUID
