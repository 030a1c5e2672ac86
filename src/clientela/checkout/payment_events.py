"""What happened to money that moves online and that no sale tells of. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PaymentReturned(Event):
    """Money came too late, or twice, and goes back by itself; the attempt's ``reason`` says why."""

    business_id: UUID
    client_id: UUID
    attempt_id: UUID
    payment_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaymentAlarm(Event):
    """A provider said something that a person has to look at; the inbox row says what."""

    business_id: UUID
    provider_event_id: UUID


@dataclass(frozen=True, kw_only=True)
class RefundFailed(Event):
    """The provider will not give money back: a person has to."""

    business_id: UUID
    order_id: UUID


@dataclass(frozen=True, kw_only=True)
class CardKept(Event):
    """A client's card is kept for the fee they agreed to."""

    business_id: UUID
    client_id: UUID
    card_id: UUID


@dataclass(frozen=True, kw_only=True)
class CardRemoved(Event):
    """A client's card is not kept any more."""

    business_id: UUID
    client_id: UUID
    card_id: UUID


@dataclass(frozen=True, kw_only=True)
class FeeCharged(Event):
    """A client's kept card was charged for an appointment they did not come to."""

    business_id: UUID
    client_id: UUID
    appointment_id: UUID
    sale_id: UUID
