"""What happened to sales and money. Ids only; who hears them reads the present state."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class SaleMade(Event):
    """Something was sold to a client; what it grants counts already, paid or not."""

    business_id: UUID
    sale_id: UUID
    client_id: UUID


@dataclass(frozen=True, kw_only=True)
class SalePaid(Event):
    """The last of a sale's money arrived (not: sold for nothing)."""

    business_id: UUID
    sale_id: UUID
    client_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaymentTaken(Event):
    """Money arrived for a sale."""

    business_id: UUID
    sale_id: UUID
    client_id: UUID
    payment_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaymentRefunded(Event):
    """Money of a sale went back."""

    business_id: UUID
    sale_id: UUID
    client_id: UUID
    payment_id: UUID


@dataclass(frozen=True, kw_only=True)
class SaleEnded(Event):
    """A sale was voided: its credits were taken back. ``by`` is the kind of actor."""

    business_id: UUID
    sale_id: UUID
    client_id: UUID
    by: str
