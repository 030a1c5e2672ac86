"""Sales with what they granted, payments, invoices, and the movements of the ledger."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Final

from clientela.integrations.actions.file_rows.cards import BATCH
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.money import MovementEntry
from clientela.integrations.business_file.references import with_ids
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

_SALE: Final = {
    "kind", "name", "credits", "price_minor", "net_minor", "tax_minor", "tax_basis_points", "sold_on",
    "applies_on", "valid_until", "state", "returned_minor", "door", "by_kind", "sold_at", "voided_at",
    "voided_because",
}  # fmt: skip
_REDEMPTION: Final = {"number", "turn", "on", "forfeited", "lent", "redeemed_at", "released_at"}
_PAYMENT: Final = {
    "kind", "method", "amount_minor", "provider", "provider_ref", "paid_on", "recorded_at", "by_kind",
    "note",
}  # fmt: skip
_INVOICE: Final = {
    "kind", "series", "number", "issued_on", "issued_at", "gross_minor", "net_minor", "tax_minor",
    "facts", "digest",
}  # fmt: skip
_MOVEMENT: Final = {"amount", "happened_on", "recorded_at"}
_AccountId = tuple[str, str, str]

Read = Callable[[str], str]
"""Turns a text of the file into the text of the database: names become ids."""


def insert_money(document: BusinessFile, *, ids: RowIds) -> None:
    """Insert the books as the file tells them; the database's guards look at every row."""
    names = ids.by_name(document)

    def read(text: str) -> str:
        return with_ids(text, ids=names)

    currency = document.business.currency
    Sale.objects.bulk_create(_sales(document, ids, read, currency), batch_size=BATCH)
    _insert_grants(document, ids, read)
    Payment.objects.bulk_create(_payments(document, ids, currency), batch_size=BATCH)
    Invoice.objects.bulk_create(_invoices(document, ids, currency), batch_size=BATCH)
    _insert_movements(document, ids, read)


def _sales(document: BusinessFile, ids: RowIds, read: Read, currency: str) -> Iterator[Sale]:
    for entry in document.sales:
        yield Sale(
            id=ids.sales[entry.key],
            business_id=ids.business,
            client_id=ids.clients[entry.client],
            package_id=entry.package and ids.packages[entry.package],
            service_id=entry.service and ids.services[entry.service],
            professional_id=entry.professional and ids.occupiable[entry.professional],
            currency=entry.currency or currency,
            cause=read(entry.cause),
            changed_at=entry.changed_at or entry.sold_at,
            **entry.model_dump(include=_SALE),
        )


def _insert_grants(document: BusinessFile, ids: RowIds, read: Read) -> None:
    """Grants are inserted open and closed afterwards: a closed one takes no redemption, not even an old one."""
    Grant.objects.bulk_create(
        (
            Grant(
                id=ids.grants[sale.key],
                business_id=ids.business,
                sale_id=ids.sales[sale.key],
                client_id=ids.clients[sale.client],
                unit=read(sale.grant.unit),
                credits=sale.credits,
                applies_on=sale.applies_on,
                valid_until=sale.valid_until,
                granted_at=sale.grant.granted_at or sale.sold_at,
            )
            for sale in document.sales
            if sale.grant is not None
        ),
        batch_size=BATCH,
    )
    GrantService.objects.bulk_create(
        (
            GrantService(
                business_id=ids.business,
                grant_id=ids.grants[sale.key],
                service_id=ids.services[service],
            )
            for sale in document.sales
            if sale.grant is not None
            for service in sale.grant.services
        ),
        batch_size=BATCH,
    )
    Redemption.objects.bulk_create(_redemptions(document, ids, read), batch_size=BATCH)
    for sale in document.sales:
        if sale.grant is not None and sale.grant.closed_at is not None:
            Grant.objects.filter(pk=ids.grants[sale.key]).update(closed_at=sale.grant.closed_at)


def _redemptions(document: BusinessFile, ids: RowIds, read: Read) -> Iterator[Redemption]:
    for sale in document.sales:
        for entry in sale.grant.redemptions if sale.grant else ():
            yield Redemption(
                business_id=ids.business,
                grant_id=ids.grants[sale.key],
                cause=read(entry.cause),
                **entry.model_dump(include=_REDEMPTION),
            )


def _payments(document: BusinessFile, ids: RowIds, currency: str) -> Iterator[Payment]:
    for entry in document.payments:
        yield Payment(
            id=ids.payments[entry.key],
            business_id=ids.business,
            sale_id=entry.sale and ids.sales[entry.sale],
            refund_of_id=entry.refund_of and ids.payments[entry.refund_of],
            currency=entry.currency or currency,
            **entry.model_dump(include=_PAYMENT),
        )


def _invoices(document: BusinessFile, ids: RowIds, currency: str) -> Iterator[Invoice]:
    for entry in document.invoices:
        yield Invoice(
            id=ids.invoices[entry.key],
            business_id=ids.business,
            sale_id=ids.sales[entry.sale],
            corrects_id=entry.corrects and ids.invoices[entry.corrects],
            currency=entry.currency or currency,
            document=base64.b64decode(entry.document),
            **entry.model_dump(include=_INVOICE),
        )


def _insert_movements(document: BusinessFile, ids: RowIds, read: Read) -> None:
    """Open the accounts that are named, then move."""
    accounts: dict[_AccountId, LedgerAccount] = {}
    for entry in document.movements:
        for text in (entry.out_of, entry.into):
            kind, _, key = text.partition(":")
            accounts.setdefault(
                (kind, key, entry.unit),
                LedgerAccount(
                    business_id=ids.business, kind=kind, key=read(key), unit=read(entry.unit)
                ),
            )
    LedgerAccount.objects.bulk_create(accounts.values(), batch_size=BATCH)
    Movement.objects.bulk_create(
        (_movement(entry, accounts, ids, read) for entry in document.movements), batch_size=BATCH
    )


def _movement(
    entry: MovementEntry, accounts: dict[_AccountId, LedgerAccount], ids: RowIds, read: Read
) -> Movement:
    ends = [
        accounts[kind, key, entry.unit]
        for kind, _, key in (text.partition(":") for text in (entry.out_of, entry.into))
    ]
    return Movement(
        business_id=ids.business,
        from_account=ends[0],
        to_account=ends[1],
        unit=ends[0].unit,
        cause=read(entry.cause),
        **entry.model_dump(include=_MOVEMENT),
    )
