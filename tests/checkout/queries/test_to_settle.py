"""What waits to be settled: the right rows, the right order, few queries, from narrow indexes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.checkout.shop import BEFORE, THE_TENTH, cash, needs_credits, pack, sold, visit
from tests.factories import STAFF

from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import pending_rows
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.queries.client_money import client_money
from clientela.checkout.queries.sale_page import receipts, sale_page
from clientela.checkout.queries.to_settle import to_settle
from clientela.ledger.models import Sale
from clientela.ledger.queries.client_sales import outstanding_sales
from clientela.people.models import Client
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope


@pytest.fixture
def massage(shared_service: Service) -> Service:
    """Massage by Irene or Tomás, for which a credit is needed."""
    return needs_credits(shared_service)


@pytest.mark.req("S1.9", "S1.11", "S1.18")
def test_pending_appointments_past_and_to_come_and_unpaid_sales_oldest_first(
    client_card: Client, massage: Service, business: Business
) -> None:
    ahead = visit(client_card, massage, "2026-07-14 10:00")
    past = visit(client_card, massage, "2026-07-02 10:00")
    other = factories.make_client(business, "Otra", "otra@example.com")
    package = pack(business, massage)
    paid = sold(other, package, payment=cash(20_000))
    partly = sold(other, package, payment=cash(5000))
    unpaid = sold(other, package, now=BEFORE)
    void_sale(sale=sold(other, package), because="Mistake", by=STAFF, now=THE_TENTH)
    found = to_settle(business=business)
    assert (found.pending, found.pending_count) == ([past, ahead], 2)
    assert (found.sales, found.sales_count) == ([unpaid, partly], 2)
    assert {key: one.due for key, one in found.sums.items()} == {
        unpaid.pk: 20_000,
        partly.pk: 15_000,
    }
    assert paid not in found.sales


def test_a_professional_sees_their_own(
    client_card: Client,
    massage: Service,
    business: Business,
    professional: Professional,
    colleague: Professional,
) -> None:
    mine = visit(client_card, massage, "2026-07-14 10:00", professional=professional)
    theirs = visit(client_card, massage, "2026-07-15 10:00", professional=colleague)
    my_sale = sold(
        factories.make_client(business, "Otra", "otra@example.com"),
        massage_at_a_price(massage),
        professional=professional,
    )
    assert to_settle(business=business).pending == [mine, theirs]
    found = to_settle(business=business, professional=professional)
    assert (found.pending, found.sales) == ([mine], [my_sale])
    found = to_settle(business=business, professional=colleague)
    assert (found.pending, found.sales) == ([theirs], [])


def massage_at_a_price(service: Service) -> Service:
    """Let one session cost 50 €."""
    service.price_minor = 5000
    return service


def test_the_outsider_sees_nothing(
    client_card: Client, massage: Service, business: Business, next_door: Business
) -> None:
    visit(client_card, massage, "2026-07-14 10:00")
    sale = sold(client_card, pack(business, massage_at_a_price(massage)))
    with business_scope(next_door.pk):
        found = to_settle(business=business)
        assert (found.pending_count, found.sales_count) == (0, 0)
        with pytest.raises(Sale.DoesNotExist):
            sale_page(business=next_door, sale_id=sale.pk)
        assert client_money(client=client_card, on=THE_TENTH.date()).sales == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_do_not_grow_with_the_rows(
    client_card: Client, massage: Service, business: Business, rows: int
) -> None:
    package = pack(business, massage)
    for day in range(rows):
        visit(client_card, massage, f"2026-07-{13 + day} 10:00", now=BEFORE)
        sale = sold(
            factories.make_client(business, f"C{day}", f"c{day}@example.com"),
            package,
            payment=cash(100),
        )
    with CaptureQueriesContext(connection) as asked:
        found = to_settle(business=business)
        assert [one.client.record_name for one in found.pending] == ["Ana Prueba"] * rows
        assert len([found.sums[one.pk].due for one in found.sales]) == rows
    assert len(asked) == 4
    with CaptureQueriesContext(connection) as asked:
        sale_page(business=business, sale_id=sale.pk)
    assert len(asked) == 10
    with CaptureQueriesContext(connection) as asked:
        client_money(client=sale.client, on=THE_TENTH.date())
    assert len(asked) <= 9


def test_only_the_first_are_listed_and_all_are_counted(
    client_card: Client, massage: Service, business: Business
) -> None:
    for day in (13, 14, 15):
        visit(client_card, massage, f"2026-07-{day} 10:00")
    found = to_settle(business=business, limit=2)
    assert (len(found.pending), found.pending_count) == (2, 3)


def test_a_sales_page_shows_its_money_and_its_credits(
    client_card: Client, massage: Service, business: Business
) -> None:
    used = visit(client_card, massage, "2026-07-14 10:00")
    sale = sold(client_card, pack(business, massage), payment=cash(5000))
    page = sale_page(business=business, sale_id=sale.pk)
    assert [(one.number, one.appointment) for one in page.used] == [(1, used)]
    assert (page.free, page.left_at_desk, page.left_online, page.sums.due) == (4, 5000, 0, 15_000)
    assert (page.can_be_paid, page.can_be_refunded, page.can_be_invoiced) == (True, True, True)
    assert receipts(sale) == page.payments
    void_sale(sale=sale, because="Mistake", by=STAFF, now=THE_TENTH)
    page = sale_page(business=business, sale_id=sale.pk)
    assert (page.free, page.used, page.left_at_desk, page.is_over) == (0, [], 0, True)
    assert (page.can_be_paid, page.can_be_refunded, page.can_be_invoiced) == (False, False, False)


def test_a_clients_money_adds_up(client_card: Client, massage: Service, business: Business) -> None:
    package = pack(business, massage)
    old = sold(client_card, package, payment=cash(5000), now=BEFORE)
    new = sold(client_card, package)
    sold(client_card, package, payment=cash(20_000))
    money = client_money(client=client_card, on=THE_TENTH.date())
    assert [row.sale for row in money.outstanding] == [old, new]
    assert (money.due_minor, money.kept_minor) == (35_000, 25_000)
    assert (sum(one.free for one in money.balances), money.pending) == (15, [])


def copied(row: models.Model, **other: object) -> Any:
    """Another row like this one."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, "id": uuid7(), **other})


@pytest.mark.postgres
def test_what_waits_is_found_by_narrow_indexes_among_very_many(
    client_card: Client, massage: Service, business: Business
) -> None:
    """The plan of PostgreSQL among thousands that wait for nothing: no table is read whole."""
    one = visit(client_card, massage, "2026-07-14 10:00")
    sold(factories.make_client(business, "Otra", "o@example.com"), pack(business, massage))
    Appointment.objects.bulk_create(
        copied(one, redemption="none", link_digest=f"{number:064}") for number in range(3_000)
    )
    done = Sale.objects.get()
    Sale.objects.bulk_create(copied(done, state="paid") for _ in range(3_000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE booking_appointment")
        cursor.execute("ANALYZE ledger_sale")
    pending = pending_rows().filter(business=business).select_related(None)
    assert "appointment_pending" in pending.explain()
    sales = outstanding_sales(business_id=business.pk).select_related(None)
    assert "sale_outstanding" in sales.explain()
    assert Appointment.objects.exists()
