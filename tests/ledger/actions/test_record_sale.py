"""A sale is written with its grant; the credits count at once, paid or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.ledger import shop

from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.ledger.actions.check_amount import checked_amount
from clientela.ledger.errors import AmountRefused
from clientela.ledger.events import SaleMade, SalePaid
from clientela.ledger.models import AccountKind, Grant, Movement, Sale, SaleKind
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.ledger.queries.balances import balances
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client
from clientela.platform.models import OutboxEvent
from clientela.rules.sale_state import SaleState


@pytest.mark.req("S1.11", "S1.12")
def test_an_unpaid_sale_gives_its_credits_at_once(sale: Sale, client_card: Client) -> None:
    assert sale.state == SaleState.PENDING_PAYMENT
    [grant] = usable_grants(client_id=client_card.pk)
    assert grant.free == (1, 2, 3, 4, 5)
    assert balances_of_kind(kind=AccountKind.OWED) == {(str(sale.pk), "EUR"): 30000}


@pytest.mark.req("S1.7")
def test_the_credits_are_of_the_services_of_the_day_of_sale(
    business: Business, service: Service, client_card: Client, five: Package
) -> None:
    shop.sell(client_card, five)
    five.covers.all().delete()
    [grant] = usable_grants(client_id=client_card.pk)
    assert grant.services == {service.pk}


@pytest.mark.req("S1.17", "S1.21")
def test_the_day_of_sale_of_payment_and_of_application_are_three_facts(
    client_card: Client, five: Package
) -> None:
    applied = date(2026, 11, 12)
    sale = shop.sell(client_card, five, applies_on=applied)
    payment = shop.pay(sale, 30000, paid_on=shop.TODAY - timedelta(days=1))
    sale.refresh_from_db()
    assert (sale.sold_on, sale.applies_on) == (shop.TODAY, applied)
    assert payment.paid_on == shop.TODAY - timedelta(days=1)
    assert Grant.objects.get(sale=sale).applies_on == applied


def test_the_parts_of_the_price_come_from_what_is_earned_and_from_the_tax(sale: Sale) -> None:
    assert (sale.net_minor, sale.tax_minor) == (24793, 5207)
    assert balances_of_kind(kind=AccountKind.EARNED) == {("", "EUR"): -24793}
    assert balances_of_kind(kind=AccountKind.TAX) == {("", "EUR"): -5207}


def test_what_is_sold_for_nothing_is_paid_and_moves_no_money(
    client_card: Client, five: Package
) -> None:
    sale = shop.sell(client_card, five, price_minor=0)
    assert sale.state == SaleState.PAID
    assert not Movement.objects.filter(unit="EUR").exists()
    assert not OutboxEvent.objects.filter(name=SalePaid.name).exists()


def test_a_fee_is_owed_and_grants_nothing(client_card: Client, service: Service) -> None:
    sale = shop.sell(
        client_card,
        None,
        kind=SaleKind.FEE,
        name="Missed",
        credits=0,
        services=[],
        price_minor=1500,
        tax_basis_points=0,
    )
    assert not Grant.objects.exists()
    assert sale.state == SaleState.PENDING_PAYMENT


def test_one_session_is_a_credit_of_its_service(client_card: Client, service: Service) -> None:
    shop.sell(
        client_card,
        None,
        kind=SaleKind.SINGLE,
        service=service,
        name=service.name,
        credits=1,
        services=[service.pk],
        price_minor=4500,
        tax_basis_points=0,
        cause=shop.cause(),
    )
    assert Grant.objects.get().unit == f"credit:service:{service.pk}"


def test_it_is_told_once_by_ids_only(sale: Sale) -> None:
    [event] = OutboxEvent.objects.filter(name=SaleMade.name)
    assert set(event.payload) == {"business_id", "sale_id", "client_id"}


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize(
    "fields",
    [
        {"price_minor": -1},
        {"price_minor": 10_000_000_001},
        {"price_minor": 10**30},
        {"tax_basis_points": -1},
        {"tax_basis_points": 10_001},
        {"credits": 1001},
        {"credits": -5},
    ],
)
def test_no_price_tax_or_number_beyond_reason_is_sold(
    client_card: Client, five: Package, fields: dict[str, int]
) -> None:
    with pytest.raises(AmountRefused) as refused:
        shop.sell(client_card, five, **fields)
    assert refused.value.field in fields
    assert not Sale.objects.exists()


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("value", [1.0, float("nan"), float("inf"), True, "5", None])
def test_what_is_no_whole_number_is_a_mistake_of_ours(value: Any) -> None:
    with pytest.raises(TypeError, match="whole number"):
        checked_amount(value, field="price_minor", least=0, most=10)


def test_credits_of_no_service_are_a_mistake_of_ours(client_card: Client, five: Package) -> None:
    with pytest.raises(ValueError, match="credits are of services"):
        shop.sell(client_card, five, services=[])


@pytest.mark.req("S1.8", "S1.22")
def test_what_begins_later_or_ended_is_no_balance_of_today(
    client_card: Client, five: Package
) -> None:
    later, gone = shop.TODAY + timedelta(days=9), shop.TODAY - timedelta(days=9)
    shop.sell(client_card, five, applies_on=later)
    shop.sell(client_card, five, applies_on=gone, valid_until=shop.TODAY - timedelta(days=1))
    [waiting] = balances(client_id=client_card.pk, on=shop.TODAY)
    assert (waiting.applies_on, waiting.free) == (later, 5)
