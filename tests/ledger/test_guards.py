"""What the database refuses in the ledger, on both engines; and that it does not refuse it without the guard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from tests.ledger import shop
from tests.ledger.shop import NOW, TODAY

from clientela.ledger import guards
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.actions.seal_movements import seal_movements
from clientela.ledger.models import Grant, Invoice, LedgerAccount, Movement, Redemption, Sale
from clientela.platform.guards import taken_down
from clientela.platform.ids import uuid7

APPEND_ONLY = (
    "ledger_movement",
    "ledger_ledgeraccount",
    "ledger_payment",
    "ledger_invoice",
    "ledger_seal",
    "ledger_sealedmovement",
    "ledger_grantservice",
)
COLUMN = {
    "ledger_movement": "amount = amount + 1",
    "ledger_ledgeraccount": "key = key || 'x'",
    "ledger_payment": "amount_minor = amount_minor + 1",
    "ledger_invoice": "issued_on = '2020-01-01'",
    "ledger_seal": "digest = 'f'",
    "ledger_sealedmovement": "place = place + 100",
    "ledger_grantservice": "service_id = service_id",
}
FROZEN = {
    "ledger_sale": (
        "kind = 'fee'",
        "package_id = NULL",
        "name = 'Six'",
        "credits = 6",
        "price_minor = 1",
        "net_minor = 1",
        "tax_minor = 1",
        "currency = 'GBP'",
        "sold_on = '2020-01-01'",
        "applies_on = '2020-01-01'",
        "valid_until = '2040-01-01'",
        "sold_at = '2020-01-01 00:00:00'",
    ),
    "ledger_grant": (
        "sale_id = id",
        "unit = 'credit:other'",
        "credits = 6",
        "applies_on = '2020-01-01'",
        "valid_until = '2040-01-01'",
    ),
    "ledger_redemption": (
        "grant_id = id",
        "number = 2",
        "cause = 'appointment:x'",
        "turn = 2",
        "redeemed_at = '2020-01-01 00:00:00'",
        "lent = NOT lent",
    ),
}


@pytest.fixture
def filled(sale: Sale) -> Sale:
    """A row of every table."""
    shop.redeem(sale, 1)
    shop.pay(sale, 100)
    Invoice.objects.create(
        business_id=sale.business_id,
        sale=sale,
        kind="invoice",
        series="A",
        number=1,
        issued_on=TODAY,
        issued_at=NOW,
        gross_minor=30000,
        net_minor=24793,
        tax_minor=5207,
        currency="EUR",
        facts={},
        document=b"%PDF",
        digest="0" * 64,
    )
    seal_movements(now=NOW)
    return sale


def run(sql: str) -> None:
    """Run a statement as somebody at the database would; what it left is undone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        transaction.set_rollback(True)


def change(table: str, text: str) -> None:
    run(f"UPDATE {table} SET {text}")  # noqa: S608 -- our own tables


@pytest.mark.req("PAY-10", "INV-6")
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_of_the_books_is_neither_changed_nor_deleted(filled: Sale, table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        change(table, COLUMN[table])
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"DELETE FROM {table}")  # noqa: S608 -- our own tables
    with taken_down(f"append-only.{table}", why="negative control"):
        change(table, COLUMN[table])


@pytest.mark.postgres
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_books_are_not_emptied(filled: Sale, table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")


@pytest.mark.req("PAY-10")
@pytest.mark.parametrize("table", FROZEN)
def test_what_was_agreed_never_changes(filled: Sale, table: str) -> None:
    for text in FROZEN[table]:
        with pytest.raises(DatabaseError, match="cannot change"):
            change(table, text)


def test_without_that_guard_what_was_agreed_would_change(filled: Sale) -> None:
    name = "frozen.ledger_grant.sale_id-unit-credits-applies_on-valid_until"
    with taken_down(name, why="negative control"):
        change("ledger_grant", "credits = 6")


def redemption(sale: Sale, **fields: object) -> Redemption:
    """Write a redemption past the actions."""
    values = {"number": 2, "cause": shop.cause(9), "turn": 1, "on": TODAY, "redeemed_at": NOW}
    with transaction.atomic():
        return Redemption.objects.create(
            business_id=sale.business_id, grant=Grant.objects.get(sale=sale), **{**values, **fields}
        )


@pytest.mark.req("INV-7")
@pytest.mark.parametrize(
    "attack",
    [lambda sale: redemption(sale, number=6), lambda sale: (shop.close(sale), redemption(sale))],
    ids=["never granted", "of a closed grant"],
)
def test_a_credit_that_does_not_exist_is_not_used(
    sale: Sale, attack: Callable[[Sale], object]
) -> None:
    with pytest.raises(DatabaseError, match=guards.CREDIT_EXISTS):
        attack(sale)
    with taken_down(guards.credit_exists.name, why="negative control"):
        redemption(sale, number=6)


@pytest.mark.req("INV-7")
def test_a_credit_is_not_used_twice_and_a_cause_uses_one(sale: Sale) -> None:
    """An index does it, which no guard takes down: so nothing of a grant falls below nothing (its credits are numbered)."""
    redemption(sale, number=2)
    for fields in ({"cause": shop.cause(8)}, {"number": 3, "turn": 2}, {"number": 0}):
        with pytest.raises(DatabaseError):
            redemption(sale, **fields)


def test_units_do_not_mix(filled: Sale) -> None:
    euros, credits_ = (
        LedgerAccount.objects.filter(unit__startswith=unit).order_by("pk")
        for unit in ("EUR", "credit:")
    )
    for pair in ((euros[0], credits_[0]), (credits_[0], euros[0])):
        with pytest.raises(DatabaseError, match=guards.ONE_UNIT):
            mixed(filled, *pair)
    with taken_down(guards.one_unit.name, why="negative control"):
        mixed(filled, euros[0], credits_[0])


def mixed(sale: Sale, from_account: LedgerAccount, to_account: LedgerAccount) -> None:
    with transaction.atomic():
        Movement.objects.create(
            pk=uuid7(),
            business_id=sale.business_id,
            from_account=from_account,
            to_account=to_account,
            unit="EUR",
            amount=1,
            cause="mixed",
            happened_on=TODAY,
            recorded_at=NOW,
        )


def test_a_credit_comes_back_once(filled: Sale) -> None:
    with transaction.atomic():
        release_credit(cause=shop.cause(1), now=NOW)
    for again in ("NULL", "'2020-01-01 00:00:00'"):
        with pytest.raises(DatabaseError, match=guards.RELEASED_ONCE):
            change("ledger_redemption", f"released_at = {again}")
    with taken_down(guards.released_once.name, why="negative control"):
        change("ledger_redemption", "released_at = NULL")
