"""What was sold, paid and redeemed, and the movements that explain every balance.

Sales, payments and invoices are told with what happened to them; ``movements`` are the ledger itself, row for row, so
that a balance asked for any past date is the same wherever the business has moved.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from clientela.integrations.business_file.fields import (
    BasisPoints,
    Currency,
    Entry,
    Id,
    Instant,
    Key,
    Line120,
    Line200,
    Minor,
    Word,
)
from clientela.integrations.business_file.offer import Keys

Named = Annotated[str, StringConstraints(pattern=r"^[!-~]*$", max_length=200)]
"""A text of the ledger, with names in braces: see ``references.py``."""

Count = Annotated[int, Field(ge=1, lt=2**31)]


class RedemptionEntry(Entry):
    """Credit ``number`` of the sale, used for ``cause``; ``turn`` counts how often that cause redeemed.

    ``lent``: for an appointment of another client of the same household.
    """

    number: Count
    cause: Named
    turn: Annotated[int, Field(ge=0, lt=2**31)]
    on: date
    forfeited: bool = False
    lent: bool = False
    redeemed_at: Instant
    released_at: Instant | None = None


class GrantEntry(Entry):
    """What the sale granted: its credits, from its application date until its validity ends."""

    id: Id | None = None
    unit: Annotated[Named, StringConstraints(min_length=1)]
    services: Keys
    granted_at: Instant | None = None
    closed_at: Instant | None = None
    redemptions: list[RedemptionEntry] = []


class SaleEntry(Entry):
    """One thing sold to one client, as it was agreed, and how far it is paid."""

    key: Key
    id: Id | None = None
    client: Key
    kind: Literal["package", "single", "fee"]
    package: Key | None = None
    service: Key | None = None
    professional: Key | None = None
    name: Line120
    credits: Annotated[int, Field(ge=0, lt=2**31)] = 0
    price_minor: Minor
    net_minor: Minor
    tax_minor: Minor
    tax_basis_points: BasisPoints = 0
    currency: Currency | None = None
    sold_on: date
    applies_on: date
    valid_until: date | None = None
    cause: Named = ""
    state: Literal["pending_payment", "partly_paid", "paid", "void", "refunded"]
    returned_minor: Minor = 0
    door: Word = "file"
    by_kind: Word = "system"
    sold_at: Instant
    changed_at: Instant | None = None
    voided_at: Instant | None = None
    voided_because: Annotated[Line200, StringConstraints(max_length=300)] = ""
    grant: GrantEntry | None = None


class PaymentEntry(Entry):
    """Money that came (for a sale, or for nothing that could be given), or went back."""

    key: Key
    id: Id | None = None
    sale: Key | None = None
    kind: Literal["payment", "refund"] = "payment"
    method: Literal["cash", "terminal", "transfer", "online"]
    amount_minor: Annotated[Minor, Field(ge=1)]
    currency: Currency | None = None
    provider: Word = ""
    provider_ref: Annotated[str, StringConstraints(pattern=r"^[!-~]*$", max_length=255)] = ""
    refund_of: Key | None = None
    paid_on: date
    recorded_at: Instant
    by_kind: Word = "system"
    note: Line200 = ""


class InvoiceEntry(Entry):
    """A document as it was issued: all that is printed, and the PDF itself in base64."""

    key: Key
    id: Id | None = None
    sale: Key
    kind: Literal["invoice", "credit_note"] = "invoice"
    corrects: Key | None = None
    series: Annotated[str, StringConstraints(max_length=20)]
    number: Count
    issued_on: date
    issued_at: Instant
    gross_minor: Minor
    net_minor: Minor
    tax_minor: Minor
    currency: Currency | None = None
    facts: JsonValue
    document: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class MovementEntry(Entry):
    """``amount`` units out of one account into another; an account is written ``kind:key``."""

    out_of: Named
    into: Named
    unit: Annotated[Named, StringConstraints(min_length=1)]
    amount: Annotated[Minor, Field(ge=1)]
    cause: Annotated[Named, StringConstraints(min_length=1)]
    happened_on: date
    recorded_at: Instant
