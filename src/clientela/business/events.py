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


@dataclass(frozen=True, kw_only=True)
class BusinessClosed(Event):
    """An owner gave the business up: clients with appointments ahead, and the owners, are to be told."""

    business_id: UUID


@dataclass(frozen=True, kw_only=True)
class BusinessReopened(Event):
    """An owner took it up again before its clients' data went."""

    business_id: UUID


@dataclass(frozen=True, kw_only=True)
class BusinessErased(Event):
    """Nothing personal is left of its clients."""

    business_id: UUID
