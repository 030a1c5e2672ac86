"""The reports say what the ledger says, for any days, as it was known at any time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.factories import NOW, STAFF
from tests.ledger.shop import TODAY, close, make_package, pay, redeem, refund, sell, take_off

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Package, Service
from clientela.checkout.queries.reports.credits_left import LATER, NEVER, credits_left
from clientela.checkout.queries.reports.outstanding import outstanding
from clientela.checkout.queries.reports.sold_things import Thing
from clientela.checkout.queries.reports.takings import Sums, Takings, takings
from clientela.checkout.queries.reports.unredeemed import unredeemed
from clientela.ledger.models import AccountKind, Method
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.people.models import Client

DAY = timedelta(days=1)
LAST_MONTH = TODAY - 30 * DAY


@pytest.fixture
def package(business: Business, service: Service) -> Package:
    return make_package(business, service)


def of_days(business: Business, start: date = TODAY, end: date = TODAY, **more: Any) -> Takings:
    return takings(business=business, start=start, end=end, **more)


def tills(business: Business, **more: Any) -> dict[str, int]:
    found = balances_of_kind(kind=AccountKind.TILL, **more)
    return {method: total for (method, _unit), total in found.items()}


def test_money_counts_on_its_day_and_a_sale_on_its_own(
    business: Business, client_card: Client, package: Package, professional: Professional
) -> None:
    sale = sell(client_card, package, sold_on=LAST_MONTH, professional=professional)
    first = pay(sale, 20000, method=Method.TERMINAL)
    refund(first, 5000, method=Method.CASH)
    then, today = of_days(business, LAST_MONTH, LAST_MONTH), of_days(business)
    assert then.total == Sums(taken=0, back=0, sold=30000, sales=1)
    assert today.total == Sums(taken=20000, back=5000, sold=0, sales=0)
    assert today.methods == {
        "terminal": Sums(taken=20000),
        "cash": Sums(back=5000),
    }
    assert today.things == {Thing("package", package.pk): Sums(taken=20000, back=5000)}
    assert today.thing_names == {Thing("package", package.pk): "Five"}
    assert today.professionals == {professional.pk: Sums(taken=20000, back=5000)}
    assert today.professional_names == {professional.pk: "Irene"}
    whole = of_days(business, LAST_MONTH, TODAY)
    assert list(whole.days) == [LAST_MONTH, TODAY]
    assert whole.total.net == 15000


def test_a_void_and_a_credit_note_take_back_what_was_sold(
    business: Business, client_card: Client, package: Package
) -> None:
    kept, voided = sell(client_card, package), sell(client_card, package)
    take_off(kept, 1234)
    close(voided)
    assert of_days(business).total == Sums(sold=30000 - 1234, sales=2)


def test_the_methods_sum_to_what_moved_through_the_tills_to_the_cent(
    business: Business, client_card: Client, package: Package
) -> None:
    for number, method in enumerate(Method, start=1):
        sale = sell(client_card, package, sold_on=LAST_MONTH)
        pay(sale, 100 * number, method=method, paid_on=LAST_MONTH)
        refund(pay(sale, 7 * number, method=method), 3)
    lost = pay(None, 4321, method=Method.ONLINE, business_id=business.pk, provider_ref="x")
    found = of_days(business, LAST_MONTH, TODAY)
    assert {method: sums.net for method, sums in found.methods.items()} == tills(business)
    assert found.things[Thing("")] == Sums(taken=4321)
    refund(lost, 4321)
    for start, end in ((LAST_MONTH, TODAY), (LAST_MONTH, LAST_MONTH), (TODAY, TODAY)):
        found = of_days(business, start, end)
        before, after = tills(business, on=start - DAY), tills(business, on=end)
        moved = {one: after.get(one, 0) - before.get(one, 0) for one in Method.values}
        assert {one: found.methods.get(one, Sums()).net for one in moved} == moved
        assert sum(one.net for one in found.methods.values()) == found.total.net
        assert sum(one.net for one in found.days.values()) == found.total.net
        assert sum(one.net for one in found.things.values()) == found.total.net
        assert sum(one.net for one in found.professionals.values()) == found.total.net


def test_as_known_then_nothing_that_was_recorded_later_counts(
    business: Business, client_card: Client, package: Package
) -> None:
    sale = sell(client_card, package)
    pay(sale, 10000)
    later = NOW + 5 * DAY
    pay(sale, 20000, now=later)
    take_off(sale, 100, now=later)
    sell(client_card, package, now=later)
    then = of_days(business, end=TODAY + 9 * DAY, known_at=NOW)
    assert then.total == Sums(taken=10000, sold=30000, sales=1)
    now = of_days(business, end=TODAY + 9 * DAY, known_at=later)
    assert now.total == of_days(business, end=TODAY + 9 * DAY).total
    assert now.total == Sums(taken=30000, sold=60000 - 100, sales=2)


def test_debts_grow_older_and_are_told_as_they_were_known(
    business: Business, client_card: Client, package: Package
) -> None:
    old = sell(client_card, package, sold_on=TODAY - 100 * DAY)
    new = sell(client_card, package)
    pay(new, 10000)
    sell(client_card, package, price_minor=0)
    found = outstanding(business=business, on=TODAY)
    assert [(one.sale.pk, one.due, one.age) for one in found.debts] == [
        (old.pk, 30000, 100),
        (new.pk, 20000, 0),
    ]
    assert (found.total, found.ages) == (50000, [(20000, 1), (0, 0), (0, 0), (30000, 1)])
    assert outstanding(business=business, on=TODAY, known_at=NOW) == found
    pay(old, 30000, now=NOW + DAY)
    close(new, now=NOW + DAY)
    assert outstanding(business=business, on=TODAY, known_at=NOW) == found
    left = outstanding(business=business, on=TODAY)
    assert left.total == outstanding(business=business, on=TODAY, known_at=NOW + DAY).total
    assert left.debts == []


def test_credits_are_worth_their_share_and_end_in_their_time(
    business: Business, client_card: Client, package: Package
) -> None:
    ends = [TODAY + n * DAY for n in (0, 30, 31, 90, 91)] + [None, TODAY - DAY]
    sales = [
        sell(client_card, package, applies_on=TODAY - 20 * DAY, valid_until=end) for end in ends
    ]
    redeem(sales[0])
    redeem(sales[0], 2)
    take_off(sales[0], 1)
    close(sales[4])
    found = credits_left(business=business, on=TODAY)
    assert [one.grant.sale_id for one in found.lefts] == [sales[n].pk for n in (0, 1, 2, 3, 5)]
    first = found.lefts[0]
    assert (first.free, first.worth, first.ends_in) == (3, 17999, 0)
    assert [(one.credits, one.grants) for one in found.buckets] == [
        (8, 2),
        (5, 1),
        (5, 1),
        (0, 0),
        (5, 1),
    ]
    assert (len(found.buckets), LATER, NEVER) == (5, 3, 4)
    assert (found.lapsed.credits, found.lapsed.worth) == (5, 30000)
    assert found.total.credits == 23
    free = balances_of_kind(kind=AccountKind.OPEN)
    assert sum(free.values()) == found.total.credits + found.lapsed.credits


def test_credits_are_told_as_they_were_known(
    business: Business, client_card: Client, package: Package
) -> None:
    sale = sell(client_card, package)
    before = credits_left(business=business, on=TODAY, known_at=NOW)
    redeem(sale, now=NOW + DAY)
    take_off(sale, 5000, now=NOW + DAY)
    assert credits_left(business=business, on=TODAY, known_at=NOW) == before
    assert credits_left(business=business, on=TODAY).total.worth == 20000
    close(sale, now=NOW + 2 * DAY)
    assert credits_left(business=business, on=TODAY).lefts == []
    assert credits_left(business=business, on=TODAY, known_at=NOW + DAY).total.worth == 20000


def test_what_waits_for_a_credit_is_listed_and_told_as_it_was_known(
    business: Business, client_card: Client, service: Service
) -> None:
    service.needs_credits = True
    service.price_minor = 4500
    service.save()
    booked = [
        factories.book(
            service, factories.at(f"2026-11-24 {hour:02}:00"), client=client_card
        ).appointment
        for hour in (9, 10, 11)
    ]
    assert {one.redemption for one in booked} == {"pending"}
    now = unredeemed(business=business, now=NOW)
    assert [one.pk for one in now.appointments] == [one.pk for one in booked]
    assert (now.past, now.worth) == (0, 13500)
    assert unredeemed(business=business, now=NOW + 30 * DAY).past == 3
    later = NOW + timedelta(minutes=5)
    cancel_appointment(appointment=booked[0], by=STAFF, door="desk", now=later)
    waive_redemption(appointment=booked[1], by=STAFF, reason_text="Gift", now=later)
    assert [one.pk for one in unredeemed(business=business, now=later).appointments] == [
        booked[2].pk
    ]
    then = unredeemed(business=business, now=later, known_at=NOW)
    assert [one.pk for one in then.appointments] == [one.pk for one in booked]
    assert unredeemed(business=business, now=later, known_at=NOW - DAY).appointments == []


def test_a_report_asks_the_same_of_three_sales_as_of_thirty(
    business: Business,
    client_card: Client,
    package: Package,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def everything() -> None:
        of_days(business, LAST_MONTH, TODAY)
        for one in outstanding(business=business, on=TODAY).debts:
            assert one.sale.client.record_name
        for left in credits_left(business=business, on=TODAY, known_at=NOW).lefts:
            assert left.grant.client.record_name
            assert left.grant.sale.name

    def three() -> None:
        for _ in range(3):
            take_off(sale := sell(client_card, package), 100)
            pay(sale, 1000)

    three()
    with CaptureQueriesContext(connection) as asked:
        everything()
    assert len(asked) <= 15
    three()
    three()
    with django_assert_max_num_queries(len(asked)):
        everything()


def test_next_door_is_never_in_it(
    business: Business, client_card: Client, package: Package, next_door: Business
) -> None:
    pay(sell(client_card, package), 1000)
    assert of_days(next_door).total == Sums()
    assert outstanding(business=next_door, on=TODAY).debts == []
    assert credits_left(business=next_door, on=TODAY).lefts == []
    assert unredeemed(business=next_door, now=NOW).appointments == []


@pytest.mark.postgres
def test_the_money_of_some_days_is_found_by_an_index(
    business: Business, client_card: Client, package: Package
) -> None:
    pay(sell(client_card, package), 1000)
    with CaptureQueriesContext(connection) as asked:
        of_days(business)
        outstanding(business=business, on=TODAY)
    big = ("ledger_payment", "ledger_sale", "ledger_movement")
    plans = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in asked.captured_queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute(f"EXPLAIN {query['sql']}")
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
    whole = "\n".join(plans)
    for table in big:
        assert f"Seq Scan on {table}" not in whole
    for index in ("payment_by_day", "sale_by_day", "sale_outstanding"):
        assert index in whole, index
