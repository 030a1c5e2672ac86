"""What happened in checkout that the ledger does not tell itself. Ids only.

Of sales and money ``ledger/events.py`` tells: ``SaleMade``, ``PaymentTaken``, ``SalePaid``, ``PaymentRefunded``,
``SaleEnded``.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class InvoiceIssued(Event):
    """An invoice or a credit note was issued."""

    business_id: UUID
    sale_id: UUID
    client_id: UUID
    invoice_id: UUID


@dataclass(frozen=True, kw_only=True)
class SaleLinkSent(Event):
    """Staff asked for a mail to the client with the link that pays a sale."""

    business_id: UUID
    sale_id: UUID
    client_id: UUID
