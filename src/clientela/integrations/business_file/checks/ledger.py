"""The movements explain the books: what is owed, what is in the tills, and where every credit is."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.index import Index
from clientela.integrations.business_file.money import MovementEntry
from clientela.integrations.business_file.problems import Problems
from clientela.integrations.business_file.references import names_in
from clientela.rules.tax import split_tax

_KINDS: Final = frozenset({
    "earned", "tax", "owed", "till", "unapplied", "issued", "open", "used", "forfeited",
})  # fmt: skip
_LONGEST_CAUSE: Final = 120
_LONGEST_KEY: Final = 60
_ID_LENGTH: Final = 36

Balances = dict[tuple[str, str], int]
"""By account (``kind:key``) and unit, as the file writes them."""


def check_movements(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    """Note movements that cannot be, and every balance that is not what sales and payments say."""
    before = len(problems.found)
    causes: set[str] = set()
    for number, entry in enumerate(document.movements):
        if entry.cause in causes:
            problems.add("moved units before", "movements", number, "cause")
        causes.add(entry.cause)
        _check_movement(entry, index, problems, number)
    if len(problems.found) == before:
        _check_balances(document, problems)


def _check_movement(entry: MovementEntry, index: Index, problems: Problems, number: int) -> None:
    if _length(entry.cause) > _LONGEST_CAUSE:
        problems.add("is too long", "movements", number, "cause")
    if entry.out_of == entry.into:
        problems.add("is where it came from", "movements", number, "into")
    for word in ("out_of", "into"):
        kind, _, key = getattr(entry, word).partition(":")
        if kind not in _KINDS or _length(key) > _LONGEST_KEY:
            problems.add("is no account", "movements", number, word)
    for word in ("out_of", "into", "unit", "cause"):
        for name in names_in(getattr(entry, word)):
            if not index.names(name):
                problems.add(f'"{name}" is not in this file', "movements", number, word)


def _length(text: str) -> int:
    """How long the text is in the database, where a name is an id."""
    return len(text) + sum(_ID_LENGTH - len(name) - 2 for name in names_in(text))


def _check_balances(document: BusinessFile, problems: Problems) -> None:
    moved: Balances = defaultdict(int)
    for entry in document.movements:
        moved[entry.out_of, entry.unit] -= entry.amount
        moved[entry.into, entry.unit] += entry.amount
    wanted = _wanted(document)
    for account, unit in sorted(moved.keys() | wanted.keys()):
        found, right = moved.get((account, unit), 0), wanted.get((account, unit), 0)
        if found != right:
            problems.add(
                f'leave {found} {unit} in "{account}"; sales, payments and credits say {right}',
                "movements",
            )


def _wanted(document: BusinessFile) -> Balances:
    """What every account must hold, computed from the rest of the file."""
    wanted: Balances = defaultdict(int)
    _add_sales(document, wanted)
    _add_payments(document, wanted)
    _add_credits(document, wanted)
    return wanted


def _add_sales(document: BusinessFile, wanted: Balances) -> None:
    for sale in document.sales:
        currency = sale.currency or document.business.currency
        back = split_tax(sale.returned_minor, sale.tax_basis_points)
        wanted["earned", currency] -= sale.net_minor - back.net
        wanted["tax", currency] -= sale.tax_minor - back.tax
        wanted[_owed(sale.key), currency] += sale.price_minor - sale.returned_minor


def _add_payments(document: BusinessFile, wanted: Balances) -> None:
    for payment in document.payments:
        currency = payment.currency or document.business.currency
        amount = payment.amount_minor if payment.kind == "payment" else -payment.amount_minor
        wanted[f"till:{payment.method}", currency] += amount
        wanted[_owed(payment.sale) if payment.sale else "unapplied", currency] -= amount


def _owed(sale: str) -> str:
    return f"owed:{{sales/{sale}}}"


def _add_credits(document: BusinessFile, wanted: Balances) -> None:
    for sale in document.sales:
        grant = sale.grant
        if grant is None or grant.closed_at is not None:
            continue
        standing = [one.forfeited for one in grant.redemptions if one.released_at is None]
        key = f"{{grants/{sale.key}}}"
        wanted["issued", grant.unit] -= sale.credits
        wanted[f"open:{key}", grant.unit] += sale.credits - len(standing)
        wanted[f"used:{key}", grant.unit] += standing.count(False)
        wanted[f"forfeited:{key}", grant.unit] += standing.count(True)
