"""Units pass from one account to another, once for a cause."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.ledger.shop import NOW, TODAY

from clientela.business.models import Business
from clientela.ledger.actions.open_account import open_account
from clientela.ledger.actions.post import post
from clientela.ledger.errors import AlreadyPosted
from clientela.ledger.models import AccountKind, LedgerAccount, Movement
from clientela.ledger.queries.balance_of import balance_of


@pytest.fixture
def pair(business: Business, scope: None) -> tuple[LedgerAccount, LedgerAccount]:
    return (
        open_account(business_id=business.pk, kind=AccountKind.EARNED, unit="EUR"),
        open_account(business_id=business.pk, kind=AccountKind.OWED, unit="EUR", key="a sale"),
    )


def move(pair: tuple[LedgerAccount, LedgerAccount], amount: int, cause: str) -> Movement:
    with transaction.atomic():
        return post(
            business_id=pair[0].business_id,
            from_account=pair[0],
            to_account=pair[1],
            amount=amount,
            cause=cause,
            happened_on=TODAY,
            now=NOW,
        )


@pytest.mark.req("INV-5")
def test_what_one_account_gives_the_other_has(pair: tuple[LedgerAccount, LedgerAccount]) -> None:
    move(pair, 70, "one")
    move(pair, 5, "two")
    assert [balance_of(account=one) for one in pair] == [-75, 75]


def test_a_cause_moves_units_once_and_the_transaction_goes_on(
    pair: tuple[LedgerAccount, LedgerAccount],
) -> None:
    move(pair, 70, "one")
    with transaction.atomic():
        with pytest.raises(AlreadyPosted):
            move(pair, 70, "one")
        move(pair, 1, "two")
    assert balance_of(account=pair[1]) == 71


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_and_less_do_not_move(
    pair: tuple[LedgerAccount, LedgerAccount], amount: int
) -> None:
    with pytest.raises(IntegrityError):
        move(pair, amount, "one")


def test_an_account_is_opened_once(business: Business, scope: None) -> None:
    asked = {"business_id": business.pk, "kind": AccountKind.TILL, "unit": "EUR", "key": "cash"}
    assert open_account(**asked).pk == open_account(**asked).pk
    assert open_account(**{**asked, "unit": "GBP"}).pk != open_account(**asked).pk
