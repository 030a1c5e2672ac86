"""All that an invoice says, as plain values: what is kept in ``Invoice.facts`` and printed, and nothing else.

Amounts are minor units of ``currency`` and never negative: a credit note's are what is taken back. Days are
ISO dates. Text is printed as it is; an address may have several lines.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class Party(TypedDict):
    """Who sells, or who buys. What is not known is an empty string and not printed."""

    name: str
    tax_id: str
    address: str


class InvoiceLine(TypedDict):
    """One thing sold: what it is, a quieter second line, how many, and the price of all of them with tax."""

    text: str
    detail: str
    quantity: int
    gross_minor: int


class TaxLine(TypedDict):
    """What one rate of tax (in hundredths of a per cent) was taken of."""

    basis_points: int
    net_minor: int
    tax_minor: int
    gross_minor: int


class PaidLine(TypedDict):
    """Money that came, or on a credit note went back: its day, and a ``ledger.Method``."""

    on: str
    method: str
    amount_minor: int


class Corrected(TypedDict):
    """The invoice that a credit note corrects."""

    number: str
    issued_on: str


class InvoiceFacts(TypedDict):
    """One document.

    ``simplified`` invoices name no buyer (``buyer`` is none). ``supplied_on`` is the day of the sale. ``hue``
    (0 to 359) and ``vivid`` (quiet, soft, bold) are the business's colour. ``corrects`` and ``because`` belong
    to credit notes; on an invoice they are none and empty. Lines and taxes sum to the three amounts: whoever
    fills them in has checked it.
    """

    kind: Literal["invoice", "credit_note"]
    simplified: bool
    language: str
    number: str
    issued_on: str
    supplied_on: str
    currency: str
    seller: Party
    buyer: Party | None
    lines: list[InvoiceLine]
    taxes: list[TaxLine]
    net_minor: int
    tax_minor: int
    gross_minor: int
    payments: list[PaidLine]
    note: str
    corrects: Corrected | None
    because: str
    hue: int
    vivid: str
