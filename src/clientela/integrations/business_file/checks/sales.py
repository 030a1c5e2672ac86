"""Sales, payments, invoices and credits make sense one by one, and beside each other."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import Counter

from clientela.integrations.business_file.checks.loans import Whose
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.index import Index
from clientela.integrations.business_file.money import GrantEntry, InvoiceEntry, SaleEntry
from clientela.integrations.business_file.problems import Problems
from clientela.integrations.business_file.references import names_in

_USES_CREDIT = frozenset({"redeemed", "forfeited"})
_VOIDED = frozenset({"void", "refunded"})


def check_sales(document: BusinessFile, *, problems: Problems) -> None:
    """Note sums that are no sums, kinds that do not fit, and numbers or references that come twice."""
    for number, sale in enumerate(document.sales):
        _check_sale(sale, number, problems)
    _check_payments(document, problems)
    _check_invoices(document, problems)


def _check_sale(sale: SaleEntry, number: int, problems: Problems) -> None:
    if sale.price_minor != sale.net_minor + sale.tax_minor:
        problems.add("is not net_minor and tax_minor together", "sales", number, "price_minor")
    if sale.returned_minor > sale.price_minor:
        problems.add("is more than the price", "sales", number, "returned_minor")
    if sale.valid_until is not None and sale.valid_until < sale.applies_on:
        problems.add("is before applies_on", "sales", number, "valid_until")
    if (sale.voided_at is not None) != (sale.state in _VOIDED):
        problems.add("does not fit voided_at", "sales", number, "state")
    fits = {
        "package": sale.package is not None and sale.credits >= 1,
        "single": sale.service is not None and sale.credits == 1,
        "fee": sale.credits == 0,
    }
    if not fits[sale.kind]:
        problems.add("does not fit what is sold and its credits", "sales", number, "kind")
    if (sale.grant is not None) != (sale.credits > 0):
        problems.add("stands where credits are granted, and only there", "sales", number, "grant")


def _check_payments(document: BusinessFile, problems: Problems) -> None:
    by_key = {entry.key: entry for entry in document.payments}
    references: set[tuple[str, str, str]] = set()
    back: Counter[str] = Counter()
    for number, entry in enumerate(document.payments):
        if (entry.kind == "refund") != (entry.refund_of is not None):
            problems.add("stands on a refund, and only there", "payments", number, "refund_of")
        paid = by_key.get(entry.refund_of or "")
        if paid is not None:
            back[paid.key] += entry.amount_minor
            if paid.kind == "refund" or paid.sale != entry.sale:
                problems.add("is no payment of this sale", "payments", number, "refund_of")
            if back[paid.key] > paid.amount_minor:
                problems.add("is more than was left", "payments", number, "amount_minor")
        reference = (entry.provider, entry.provider_ref, entry.kind)
        if entry.provider_ref and reference in references:
            problems.add("is the reference of another", "payments", number, "provider_ref")
        references.add(reference)


def _check_invoices(document: BusinessFile, problems: Problems) -> None:
    numbers: set[tuple[str, int]] = set()
    invoiced: set[str] = set()
    for number, entry in enumerate(document.invoices):
        if (entry.series, entry.number) in numbers:
            problems.add("is the number of another", "invoices", number, "number")
        numbers.add((entry.series, entry.number))
        if entry.kind == "invoice" and entry.sale in invoiced:
            problems.add("has an invoice already", "invoices", number, "sale")
        if entry.kind == "invoice":
            invoiced.add(entry.sale)
        if entry.gross_minor != entry.net_minor + entry.tax_minor:
            problems.add(
                "is not net_minor and tax_minor together", "invoices", number, "gross_minor"
            )
        if _digest(entry) != entry.digest:
            problems.add("is not the digest of the document", "invoices", number, "digest")


def _digest(entry: InvoiceEntry) -> str:
    """The digest of the document as it is, or a blank where it is no base64."""
    try:
        return hashlib.sha256(base64.b64decode(entry.document, validate=True)).hexdigest()
    except binascii.Error:
        return ""


def check_credits(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    """Note credits used twice or never granted, and appointments whose word says something else."""
    turns: set[tuple[str, int]] = set()
    standing: dict[str, bool] = {}
    whose = Whose.of(document)
    for number, sale in enumerate(document.sales):
        _names_lead(sale.cause, index, problems, "sales", number, "cause")
        if sale.grant is None:
            continue
        _names_lead(sale.grant.unit, index, problems, "sales", number, "grant", "unit")
        _check_numbers(sale, sale.grant, number, problems)
        for step, entry in enumerate(sale.grant.redemptions):
            place = ("sales", number, "grant", "redemptions", step)
            _names_lead(entry.cause, index, problems, *place, "cause")
            if (entry.cause, entry.turn) in turns:
                problems.add("came before for this cause", *place, "turn")
            turns.add((entry.cause, entry.turn))
            if entry.released_at is not None:
                continue
            if entry.cause in standing:
                problems.add("has a credit already", *place, "cause")
            standing[entry.cause] = entry.forfeited
            if (wrong := whose.wrong(entry, owner=sale.client)) is not None:
                problems.add(wrong, *place, "lent")
    _check_words(document, standing, problems)


def _check_numbers(sale: SaleEntry, grant: GrantEntry, number: int, problems: Problems) -> None:
    used: set[int] = set()
    for step, entry in enumerate(grant.redemptions):
        place = ("sales", number, "grant", "redemptions", step)
        if entry.number > sale.credits:
            problems.add(f"is beyond the {sale.credits} credits", *place, "number")
        if entry.released_at is not None:
            continue
        if entry.number in used:
            problems.add("is used already", *place, "number")
        used.add(entry.number)
        if grant.closed_at is not None:
            problems.add("is missing: the grant is closed", *place, "released_at")


def _check_words(document: BusinessFile, standing: dict[str, bool], problems: Problems) -> None:
    """An appointment says *redeemed* or *forfeited* exactly where a credit stands for it."""
    for number, entry in enumerate(document.appointments):
        lost = standing.get(f"appointment:{{appointments/{entry.key}}}") if entry.key else None
        said = entry.redemption if entry.redemption in _USES_CREDIT else None
        found = None if lost is None else "forfeited" if lost else "redeemed"
        if said != found:
            problems.add(
                f'is "{entry.redemption}", but {"no" if found is None else f"a {found}"} credit '
                "stands for it",
                "appointments",
                number,
                "redemption",
            )


def _names_lead(text: str, index: Index, problems: Problems, *place: str | int) -> None:
    for name in names_in(text):
        if not index.names(name):
            problems.add(f'"{name}" is not in this file', *place)
