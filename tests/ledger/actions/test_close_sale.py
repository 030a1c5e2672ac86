"""A void sale takes back its credits and its price; nothing is left of it in the books."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests.ledger import shop
from tests.ledger.shop import NOW, TODAY, cause

from clientela.catalogue.models import Package
from clientela.ledger.actions.forfeit_credit import forfeit_credit
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.errors import SaleOver
from clientela.ledger.events import SaleEnded
from clientela.ledger.models import AccountKind, Grant, Redemption, Sale
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.ledger.queries.balances import balances
from clientela.people.models import Client
from clientela.platform.models import OutboxEvent
from clientela.rules.sale_state import SaleState


def left_in_the_books() -> dict[str, dict[tuple[str, str], int]]:
    found = {kind.value: balances_of_kind(kind=kind) for kind in AccountKind}
    return {kind: balance for kind, balance in found.items() if balance}


@pytest.mark.req("S1.25", "L11")
def test_what_it_had_redeemed_is_released_the_lost_too_and_nothing_is_left(sale: Sale) -> None:
    for number, day in ((1, 5), (2, 1), (3, 3), (4, 4)):
        shop.redeem(sale, number, on=TODAY + timedelta(days=day))
    with transaction.atomic():
        forfeit_credit(cause=cause(2), now=NOW)
        release_credit(cause=cause(4), now=NOW)
    assert shop.close(sale) == [cause(2), cause(3), cause(1)]
    assert not Redemption.objects.filter(released_at__isnull=True).exists()
    assert left_in_the_books() == {}
    assert (sale.state, sale.returned_minor) == (SaleState.VOID, 30000)
    assert Grant.objects.get().closed_at == sale.voided_at == NOW
    assert sale.voided_because == "Typed twice"


def test_one_that_was_paid_is_refunded_and_owes_the_money_until_it_is_back(sale: Sale) -> None:
    paid = shop.pay(sale, 12000)
    shop.take_off(sale, 7)
    shop.close(sale)
    assert sale.state == SaleState.REFUNDED
    assert balances_of_kind(kind=AccountKind.OWED) == {(str(sale.pk), "EUR"): -12000}
    shop.refund(paid, 12000)
    assert Sale.objects.get().state == SaleState.REFUNDED
    assert left_in_the_books() == {}


def test_it_ends_once(sale: Sale) -> None:
    shop.close(sale)
    with pytest.raises(SaleOver):
        shop.close(sale)
    [event] = OutboxEvent.objects.filter(name=SaleEnded.name)
    assert event.payload["by"] == "staff"


def test_a_void_sale_is_no_balance_but_was_one(sale: Sale, client_card: Client) -> None:
    later = NOW + timedelta(days=2)
    shop.close(sale, now=later)
    day = TODAY + timedelta(days=2)
    assert balances(client_id=client_card.pk, on=day, used_up=True) == []
    [known] = balances(client_id=client_card.pk, on=day, known_at=NOW)
    assert known.free == 5
    [before] = balances(client_id=client_card.pk, on=TODAY)
    assert before.free == 5


def test_one_that_begins_later_ends_on_its_first_day(client_card: Client, five: Package) -> None:
    begins = TODAY + timedelta(days=30)
    sale = shop.sell(client_card, five, applies_on=begins)
    shop.redeem(sale, 1, on=begins)
    shop.close(sale)
    assert left_in_the_books() == {}
    assert balances_of_kind(kind=AccountKind.OPEN, on=begins - timedelta(days=1)) == {}


def test_one_for_nothing_has_no_price_to_take_back(client_card: Client, five: Package) -> None:
    sale = shop.sell(client_card, five, price_minor=0)
    shop.close(sale)
    assert sale.state == SaleState.VOID
    assert left_in_the_books() == {}
