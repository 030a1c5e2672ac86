"""Sales, payments, invoices and movements, as entries."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypedDict
from uuid import UUID

from clientela.integrations.business_file.money import (
    GrantEntry,
    InvoiceEntry,
    MovementEntry,
    PaymentEntry,
    RedemptionEntry,
    SaleEntry,
)
from clientela.integrations.business_file.references import with_names
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.ledger.models import (
    Grant,
    GrantService,
    Invoice,
    LedgerAccount,
    Movement,
    Payment,
    Redemption,
    Sale,
)

_SALE: Final = (
    "id", "kind", "name", "credits", "price_minor", "net_minor", "tax_minor", "tax_basis_points",
    "sold_on", "applies_on", "valid_until", "state", "returned_minor", "door", "by_kind", "sold_at",
    "voided_at", "voided_because",
)  # fmt: skip
_REDEMPTION: Final = ("number", "turn", "on", "forfeited", "lent", "redeemed_at", "released_at")
_PAYMENT: Final = (
    "id", "kind", "method", "amount_minor", "provider", "provider_ref", "paid_on", "recorded_at",
    "by_kind", "note",
)  # fmt: skip
_INVOICE: Final = (
    "id", "kind", "series", "number", "issued_on", "issued_at", "gross_minor", "net_minor",
    "tax_minor", "facts", "digest",
)  # fmt: skip
_MOVEMENT: Final = ("amount", "happened_on", "recorded_at")


class MoneyParts(TypedDict):
    """What a document says of money."""

    sales: list[SaleEntry]
    payments: list[PaymentEntry]
    invoices: list[InvoiceEntry]
    movements: list[MovementEntry]


@dataclass(frozen=True, slots=True)
class _Words:
    """How rows are named, and the currency that goes without saying."""

    keys: RowKeys
    names: dict[UUID, str]
    currency: str

    def told(self, text: str) -> str:
        """A text of the ledger, as the file says it."""
        return with_names(text, names=self.names)

    def unless_own(self, currency: str) -> str | None:
        """The currency, or nothing where it is the business's."""
        return None if currency == self.currency else currency


def money_parts(keys: RowKeys, *, currency: str) -> MoneyParts:
    """Return what was sold, paid, invoiced and moved, oldest first."""
    words = _Words(keys=keys, names=keys.names(), currency=currency)
    return MoneyParts(
        sales=_sales(words),
        payments=_payments(words),
        invoices=_invoices(words),
        movements=_movements(words),
    )


def _rows(found: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Rows as plain words and values: the entries judge their types."""
    return found


def _some(row: dict[str, Any], words: tuple[str, ...]) -> dict[str, Any]:
    return {word: row[word] for word in words}


def _sales(words: _Words) -> list[SaleEntry]:
    keys, grants = words.keys, _grants(words)
    return [
        SaleEntry(
            key=keys.sales[row["id"]],
            client=keys.clients[row["client_id"]],
            package=keys.packages.get(row["package_id"]),
            service=keys.services.get(row["service_id"]),
            professional=keys.occupiable.get(row["professional_id"]),
            currency=words.unless_own(row["currency"]),
            cause=words.told(row["cause"]),
            changed_at=None if row["changed_at"] == row["sold_at"] else row["changed_at"],
            grant=grants.get(row["id"]),
            **_some(row, _SALE),
        )
        for row in _rows(Sale.objects.order_by("sold_at", "id").values())
    ]


def _grants(words: _Words) -> dict[UUID, GrantEntry]:
    """What each sale granted."""
    covered: dict[UUID, set[UUID]] = defaultdict(set)
    for grant_id, service_id in GrantService.objects.values_list("grant_id", "service_id"):
        covered[grant_id].add(service_id)
    used: dict[UUID, list[RedemptionEntry]] = defaultdict(list)
    for row in _rows(Redemption.objects.order_by("redeemed_at", "id").values()):
        used[row["grant_id"]].append(
            RedemptionEntry(cause=words.told(row["cause"]), **_some(row, _REDEMPTION))
        )
    return {
        row["sale_id"]: GrantEntry(
            id=row["id"],
            unit=words.told(row["unit"]),
            services=[key for pk, key in words.keys.services.items() if pk in covered[row["id"]]],
            granted_at=None if row["granted_at"] == row["sale__sold_at"] else row["granted_at"],
            closed_at=row["closed_at"],
            redemptions=used[row["id"]],
        )
        for row in _rows(
            Grant.objects.values(
                "id", "sale_id", "unit", "granted_at", "closed_at", "sale__sold_at"
            )
        )
    }


def _payments(words: _Words) -> list[PaymentEntry]:
    keys = words.keys
    return [
        PaymentEntry(
            key=keys.payments[row["id"]],
            sale=keys.sales.get(row["sale_id"]),
            refund_of=keys.payments.get(row["refund_of_id"]),
            currency=words.unless_own(row["currency"]),
            **_some(row, _PAYMENT),
        )
        for row in _rows(Payment.objects.order_by("recorded_at", "id").values())
    ]


def _invoices(words: _Words) -> list[InvoiceEntry]:
    keys = words.keys
    return [
        InvoiceEntry(
            key=keys.invoices[row["id"]],
            sale=keys.sales[row["sale_id"]],
            corrects=keys.invoices.get(row["corrects_id"]),
            currency=words.unless_own(row["currency"]),
            document=base64.b64encode(row["document"]).decode("ascii"),
            **_some(row, _INVOICE),
        )
        for row in _rows(Invoice.objects.order_by("issued_at", "id").values())
    ]


def _movements(words: _Words) -> list[MovementEntry]:
    accounts = {
        pk: words.told(f"{kind}:{key}" if key else kind)
        for pk, kind, key in LedgerAccount.objects.values_list("id", "kind", "key")
    }
    return [
        MovementEntry(
            out_of=accounts[row["from_account_id"]],
            into=accounts[row["to_account_id"]],
            unit=words.told(row["unit"]),
            cause=words.told(row["cause"]),
            **_some(row, _MOVEMENT),
        )
        for row in _rows(Movement.objects.order_by("recorded_at", "id").values())
    ]
