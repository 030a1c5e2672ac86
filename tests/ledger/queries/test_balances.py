"""What a client has left, why, and that nobody else sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.ledger import shop
from tests.ledger.shop import NOW, TODAY, cause

from clientela.business.models import Business, Professional
from clientela.catalogue.models import Package, Service
from clientela.ledger.actions.forfeit_credit import forfeit_credit
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.actions.unforfeit_credit import unforfeit_credit
from clientela.ledger.models import AccountKind, Sale
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.ledger.queries.balances import Balance, balances
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.client_sales import client_sales, outstanding_sales
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.ledger.queries.statement import Line, statement
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope

DAY = timedelta(days=1)
Counted = Callable[..., object]


def test_what_ends_first_comes_first(
    client_card: Client, five: Package, service: Service, sale: Sale
) -> None:
    ending = shop.sell(client_card, five, valid_until=TODAY + 30 * DAY)
    shop.redeem(ending, 1)
    found = balances(client_id=client_card.pk, on=TODAY)
    assert [one.sale_id for one in found] == [ending.pk, sale.pk]
    assert found[0] == Balance(
        sale_id=ending.pk,
        grant_id=found[0].grant_id,
        name="Five",
        service_ids=frozenset({service.pk}),
        credits=5,
        free=4,
        applies_on=TODAY,
        valid_until=TODAY + 30 * DAY,
    )


@pytest.mark.req("S1.8")
def test_what_ended_yesterday_is_no_balance_and_on_its_last_day_it_was(
    client_card: Client, five: Package
) -> None:
    shop.sell(client_card, five, valid_until=TODAY)
    assert [one.free for one in balances(client_id=client_card.pk, on=TODAY)] == [5]
    assert balances(client_id=client_card.pk, on=TODAY + DAY) == []


def test_what_is_used_up_is_left_out_unless_asked_for(sale: Sale, client_card: Client) -> None:
    for number in range(1, 6):
        shop.redeem(sale, number)
    assert balances(client_id=client_card.pk, on=TODAY) == []
    [one] = balances(client_id=client_card.pk, on=TODAY, used_up=True)
    assert one.free == 0
    assert usable_grants(client_id=client_card.pk) == []


def test_what_was_sold_later_was_not_known_before(sale: Sale, client_card: Client) -> None:
    assert balances(client_id=client_card.pk, on=TODAY, known_at=NOW - DAY, used_up=True) == []


@pytest.mark.req("L11")
def test_a_past_balance_is_known_as_then_and_as_now(client_card: Client, five: Package) -> None:
    sale = shop.sell(client_card, five, applies_on=TODAY - 8 * DAY)
    shop.redeem(sale, 1, on=TODAY - 8 * DAY, now=NOW + DAY)
    past = TODAY - 5 * DAY

    def free(**known: object) -> list[int]:
        found = balances(client_id=client_card.pk, on=past, **known)
        return [one.free for one in found]

    assert (free(known_at=NOW), free(known_at=NOW + DAY), free()) == ([5], [4], [4])


def test_every_step_of_a_credit_is_told_and_sums_to_the_balance(
    sale: Sale, client_card: Client
) -> None:
    shop.redeem(sale, 1)
    shop.redeem(sale, 2)
    with transaction.atomic():
        forfeit_credit(cause=cause(1), now=NOW)
        unforfeit_credit(cause=cause(1), now=NOW)
        release_credit(cause=cause(2), now=NOW)
    shop.close(sale)
    lines = statement(client_id=client_card.pk)
    assert [(one.line, one.change, one.left, one.cause) for one in lines] == [
        (Line.GRANTED, 5, 5, ""),
        (Line.REDEEMED, -1, 4, cause(1)),
        (Line.REDEEMED, -1, 3, cause(2)),
        (Line.FORFEITED, 0, 3, cause(1)),
        (Line.REINSTATED, 0, 3, cause(1)),
        (Line.RETURNED, 1, 4, cause(2)),
        (Line.RETURNED, 1, 5, cause(1)),
        (Line.TAKEN_BACK, -5, 0, ""),
    ]


def test_a_statement_is_of_one_grant_and_as_known_then_if_asked(
    sale: Sale, client_card: Client, five: Package
) -> None:
    shop.sell(client_card, five)
    shop.redeem(sale, 1, now=NOW + DAY)
    grant_id = balances(client_id=client_card.pk, on=TODAY)[0].grant_id
    assert len(statement(client_id=client_card.pk)) == 3
    assert [one.line for one in statement(client_id=client_card.pk, grant_id=grant_id)] == [
        Line.GRANTED,
        Line.REDEEMED,
    ]
    assert len(statement(client_id=client_card.pk, known_at=NOW)) == 2


def test_sales_are_listed_newest_first_and_what_waits_oldest_first(
    client_card: Client, five: Package, sale: Sale, professional: Professional
) -> None:
    second = shop.sell(client_card, five, professional=professional, now=NOW + DAY)
    paid = shop.sell(client_card, five, now=NOW + 2 * DAY)
    shop.pay(paid, 30000)
    assert list(client_sales(client_id=client_card.pk)) == [paid, second, sale]
    ours = {"business_id": sale.business_id}
    assert list(outstanding_sales(**ours)) == [sale, second]
    assert list(outstanding_sales(**ours, professional_id=professional.pk)) == [second]
    assert list(outstanding_sales(**ours, client_id=client_card.pk)) == [sale, second]
    other = factories.make_client(sale.business, "Eva Prueba", "eva@example.com")
    assert list(outstanding_sales(**ours, client_id=other.pk)) == []


def test_the_business_next_door_sees_nothing(
    sale: Sale, client_card: Client, next_door: Business
) -> None:
    shop.redeem(sale, 1)
    shop.pay(sale, 100)
    with business_scope(next_door.pk):
        assert usable_grants(client_id=client_card.pk) == []
        assert balances(client_id=client_card.pk, on=TODAY, used_up=True) == []
        assert statement(client_id=client_card.pk) == []
        assert list(client_sales(client_id=client_card.pk)) == []
        assert list(outstanding_sales(business_id=sale.business_id)) == []
        assert sale_sums(sale_ids=[sale.pk]) == {}
        assert [balances_of_kind(kind=kind) for kind in AccountKind] == [{}] * len(AccountKind)


def test_few_statements_however_much_there_is(
    sale: Sale,
    client_card: Client,
    five: Package,
    django_assert_num_queries: Counted,
) -> None:
    nobody = factories.make_client(sale.business, "Eva Prueba", "eva@example.com")
    with django_assert_num_queries(1):
        usable_grants(client_id=nobody.pk)
    for grants in (1, 3):
        with django_assert_num_queries(2):
            assert len(usable_grants(client_id=client_card.pk)) == grants
        with django_assert_num_queries(4):
            assert len(balances(client_id=client_card.pk, on=TODAY)) == grants
        with django_assert_num_queries(3):
            statement(client_id=client_card.pk)
        sales = list(Sale.objects.values_list("pk", flat=True))
        with django_assert_num_queries(2):
            assert len(sale_sums(sale_ids=sales)) == grants
        for number in (1, 2):
            later = shop.sell(client_card, five, applies_on=TODAY + number * DAY)
            shop.redeem(later, number, for_=cause(10 * grants + number))


@pytest.mark.parametrize(
    ("at", "day"), [("2026-11-23 00:30", 23), ("2026-11-23 23:30", 23), ("2026-11-24 00:00", 24)]
)
def test_the_day_of_a_business_is_that_of_its_first_place(
    business: Business, scope: None, at: str, day: int
) -> None:
    factories.make_location(business, "Kiritimati", "Pacific/Kiritimati")
    assert business_day(business_id=business.pk, now=factories.at(at)).day == day
