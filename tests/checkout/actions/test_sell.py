"""Selling: the article's example, word for word, and everything around it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.checkout.shop import (
    JULY_2,
    JULY_10,
    THE_TENTH,
    cash,
    days,
    needs_credits,
    online,
    pack,
    sold,
    state,
    visit,
)
from tests.factories import GUEST, STAFF

from clientela.booking.actions.write_appointment import held_card
from clientela.booking.errors import ClientGone, StaffOnly
from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional
from clientela.catalogue.actions.archive_package import archive_package
from clientela.catalogue.actions.update_package import update_package
from clientela.catalogue.models import Service
from clientela.checkout.actions.sell import REACH, sell
from clientela.checkout.actions.take_payment import take_payment
from clientela.checkout.errors import (
    AppliesTooEarly,
    AppliesTooLate,
    AppointmentUnsuitable,
    NotSold,
    PreviewChanged,
)
from clientela.checkout.offer import Offer
from clientela.checkout.queries.preview_sale import preview_sale
from clientela.ledger.errors import AmountRefused
from clientela.ledger.models import Grant, Method, Movement, Payment, Redemption, Sale
from clientela.ledger.queries.balances import balances
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, Proof
from clientela.platform.actor import Actor
from clientela.platform.audit import history
from clientela.platform.idempotency import KeyReused
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import business_scope
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import SaleState

PENDING, REDEEMED, NONE = (
    RedemptionState.PENDING.value,
    RedemptionState.REDEEMED.value,
    RedemptionState.NONE.value,
)
MOST_QUERIES = 80
"""Of a sale with its grant, one redemption and a payment: savepoints and the opening of accounts counted."""
BY_CLIENT = Actor.client(STAFF.account_id)  # type: ignore[arg-type]  # it has one
NOT_AMOUNTS: tuple[Any, ...] = (
    -1, 0.001, 1e308, float("nan"), float("-inf"), "1e5", "٣", "65", True, 10**30,
)  # fmt: skip
"""What nobody may pay or be paid (CVE-2026-2519), as it may come through a door."""


@pytest.fixture
def physio(service: Service) -> Service:
    """Physiotherapy: an appointment of it needs a credit; one session costs 65 €."""
    service.price_minor = 6500
    return needs_credits(service)


@pytest.mark.req("S1.19", "S1.20", "S1.21", "S1.22")
def test_the_articles_example(client_card: Client, physio: Service) -> None:
    """The client pays on 10 July a session that is pending redemption since 2 July."""
    pending = visit(client_card, physio, "2026-07-02 10:00")
    assert state(pending) == PENDING

    without = sold(client_card, physio, payment=cash(6500))
    assert (without.sold_on, without.applies_on) == (JULY_10, JULY_10)
    assert state(pending) == PENDING, "without the application date it stays pending"

    applied = sold(client_card, physio, applies_on=JULY_2, payment=cash(6500))
    assert state(pending) == REDEEMED, "with 2 July it is redeemed"
    redemption = Redemption.objects.get()
    assert (redemption.grant.sale, redemption.on) == (applied, JULY_2)
    payment = Payment.objects.get(sale=applied)
    assert (payment.paid_on, applied.applies_on) == (JULY_10, JULY_2), "two facts, two dates"


@pytest.mark.req("S1.6", "S1.11", "S1.12", "S1.14", "S1.15")
def test_the_whole_chain(client_card: Client, physio: Service, business: Business) -> None:
    """Books without balance, is sold some, is booked; the sale waits for payment, and is paid."""
    appointment = visit(client_card, physio, "2026-07-13 10:00")
    assert state(appointment) == PENDING

    sale = sold(client_card, pack(business, physio))
    assert state(appointment) == REDEEMED
    assert sale.state == SaleState.PENDING_PAYMENT, "pending payment is the sale's state"
    free = sum(one.free for one in balances(client_id=client_card.pk, on=JULY_10))
    assert free == 4, "an unpaid sale's balance counts already"

    take_payment(sale=sale, method=Method.CASH, amount_minor=5000, by=STAFF, now=THE_TENTH)
    assert sale.state == SaleState.PARTLY_PAID
    take_payment(sale=sale, method=Method.TERMINAL, amount_minor=15_000, by=STAFF, now=THE_TENTH)
    assert (sale.state, state(appointment)) == (SaleState.PAID, REDEEMED)


@pytest.mark.req("S1.23", "S1.22")
def test_several_pending_are_redeemed_oldest_first_in_the_order_shown_before(
    client_card: Client, physio: Service, business: Business
) -> None:
    package = pack(business, physio, credits=2)
    hours = ("2026-07-08 10:00", "2026-07-01 10:00", "2026-07-03 10:00", "2026-07-02 10:00")
    latest, too_early, third, second = (visit(client_card, physio, hour) for hour in hours)
    offer = Offer.of_package(package)
    shown = preview_sale(client=client_card, offer=offer, applies_on=JULY_2)
    assert [(line.appointment, line.number, line.grant_is_new) for line in shown.redeems] == [
        (second, 1, True),
        (third, 2, True),
    ]
    assert shown.stays == [too_early, latest]
    assert (shown.left, shown.valid_until) == (0, date(2027, 1, 2))

    sold(client_card, package, applies_on=JULY_2, expects=shown.digest)
    assert [state(one) for one in (second, third)] == [REDEEMED, REDEEMED]
    assert [state(one) for one in (too_early, latest)] == [PENDING, PENDING]
    assert list(Redemption.objects.order_by("number").values_list("cause", flat=True)) == [
        f"appointment:{second.pk}",
        f"appointment:{third.pk}",
    ]


@pytest.mark.req("S1.17")
def test_a_sale_keeps_its_application_date_and_its_validity_runs_from_it(
    client_card: Client, physio: Service, business: Business
) -> None:
    sale = sold(client_card, pack(business, physio), applies_on=JULY_2)
    grant = Grant.objects.get(sale=sale)
    assert (sale.sold_on, sale.applies_on, sale.valid_until) == (JULY_10, JULY_2, date(2027, 1, 2))
    assert (grant.applies_on, grant.valid_until) == (JULY_2, date(2027, 1, 2))


def test_nothing_is_sold_when_the_preview_no_longer_holds(
    client_card: Client, physio: Service, business: Business
) -> None:
    package = pack(business, physio)
    offer = Offer.of_package(package)
    shown = preview_sale(client=client_card, offer=offer, applies_on=JULY_2)
    late = visit(client_card, physio, "2026-07-03 10:00")
    with pytest.raises(PreviewChanged) as refused:
        sold(client_card, package, applies_on=JULY_2, expects=shown.digest)
    now_shown = refused.value.preview
    assert [line.appointment for line in now_shown.redeems] == [late]
    assert not Sale.objects.exists()
    assert not Movement.objects.exists()
    assert state(late) == PENDING
    update_package(package=package, price_minor=19_000, by=STAFF, now=THE_TENTH)
    with pytest.raises(PreviewChanged) as again:
        sold(client_card, package, applies_on=JULY_2, expects=now_shown.digest)
    sold(client_card, package, applies_on=JULY_2, expects=again.value.preview.digest)
    assert state(late) == REDEEMED


def test_the_same_key_sells_once_and_another_wish_under_it_is_refused(
    client_card: Client, physio: Service, business: Business
) -> None:
    package = pack(business, physio)
    offer = Offer.of_package(package)
    shown = preview_sale(client=client_card, offer=offer, applies_on=JULY_10).digest
    wish = {"idempotency_key": "k", "payment": cash(20_000), "expects": shown}
    first = sold(client_card, package, **wish)
    assert sold(client_card, package, **wish) == first
    assert (Sale.objects.count(), Payment.objects.count()) == (1, 1)
    with pytest.raises(KeyReused):
        sold(client_card, package, idempotency_key="k", applies_on=JULY_2)


def test_one_session_sold_for_an_appointment_redeems_it_first(
    client_card: Client, physio: Service
) -> None:
    older = visit(client_card, physio, "2026-07-02 10:00")
    meant = visit(client_card, physio, "2026-07-08 10:00")
    sale = sold(client_card, physio, appointment=meant)
    assert (sale.applies_on, sale.cause) == (date(2026, 7, 8), f"appointment:{meant.pk}")
    assert sale.professional == meant.professional
    assert [state(older), state(meant)] == [PENDING, REDEEMED]


def test_what_is_paid_for_one_appointment_is_good_on_its_day_however_far_ahead(
    client_card: Client, physio: Service
) -> None:
    physio.single_valid_days = 30
    physio.save()
    meant = visit(client_card, physio, "2026-10-01 10:00", now=THE_TENTH)
    sale = sold(client_card, physio, appointment=meant)
    assert (sale.applies_on, sale.valid_until) == (JULY_10, date(2026, 10, 1))
    assert state(meant) == REDEEMED


def test_an_appointment_that_needs_no_credit_can_be_paid_for(
    client_card: Client, service: Service
) -> None:
    meant = visit(client_card, service, "2026-07-13 10:00")
    assert state(meant) == NONE
    shown = preview_sale(
        client=client_card, offer=Offer.of_service(service), applies_on=JULY_10, first=meant
    )
    assert [line.appointment for line in shown.redeems] == [meant]
    sale = sold(client_card, service, appointment=meant, expects=shown.digest)
    assert (state(meant), sale.state) == (REDEEMED, SaleState.PAID)  # it costs nothing


def test_what_a_sale_cannot_be_for_is_refused(
    client_card: Client, physio: Service, shared_service: Service, business: Business
) -> None:
    other = factories.make_client(business, "Otra", "otra@example.com")
    theirs = visit(other, physio, "2026-07-13 10:00")
    massage = visit(client_card, shared_service, "2026-07-14 10:00")
    for appointment in (theirs, massage):
        with pytest.raises(AppointmentUnsuitable):
            sold(client_card, physio, appointment=appointment)
    assert not Sale.objects.exists()


def test_a_fee_grants_nothing_and_says_what_for(client_card: Client, physio: Service) -> None:
    missed = visit(client_card, physio, "2026-07-02 10:00")
    fee = Offer.fee(name="Ausencia", price_minor=2000, currency="EUR")
    sale = sell(
        business=client_card.business,
        client=client_card,
        offer=fee,
        appointment=missed,
        payment=cash(2000),
        door="desk",
        by=STAFF,
        now=THE_TENTH,
    )
    assert (sale.state, sale.credits, sale.cause) == ("paid", 0, f"appointment:{missed.pk}")
    assert not Grant.objects.exists()
    assert state(missed) == PENDING


def test_staff_may_sell_at_another_price_and_it_is_audited(
    client_card: Client, physio: Service, business: Business
) -> None:
    package = pack(business, physio, tax_basis_points=2100)
    offer = Offer.of_package(package).at_price(12_100)
    shown = preview_sale(client=client_card, offer=offer, applies_on=JULY_10)
    sale = sold(client_card, package, price_minor=12_100, expects=shown.digest)
    assert (sale.price_minor, sale.net_minor, sale.tax_minor) == (12_100, 10_000, 2100)
    (line,) = history(subject=sale)
    assert (line.action, line.details["price_minor"]) == ("sale-made", 12_100)


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("amount", NOT_AMOUNTS, ids=repr)
def test_no_odd_amount_is_sold_for_or_paid(
    client_card: Client, physio: Service, business: Business, amount: Any
) -> None:
    package = pack(business, physio)
    with pytest.raises(AmountRefused):
        sold(client_card, package, price_minor=amount)
    with pytest.raises(AmountRefused):
        sold(client_card, package, payment=cash(amount))
    assert not Sale.objects.exists()
    assert not Movement.objects.exists()


@pytest.mark.parametrize(
    ("off", "refusal"), [(-REACH - days(1), AppliesTooEarly), (REACH + days(1), AppliesTooLate)]
)
def test_the_application_date_lies_within_two_years(
    client_card: Client, physio: Service, business: Business, off: Any, refusal: type[Exception]
) -> None:
    package = pack(business, physio)
    with pytest.raises(refusal):
        sold(client_card, package, applies_on=JULY_10 + off)
    sold(client_card, package, applies_on=JULY_10 - REACH)
    sold(client_card, package, applies_on=JULY_10 + REACH)


def test_only_the_business_sells_unless_the_money_has_arrived_online(
    client_card: Client, physio: Service, business: Business
) -> None:
    package = pack(business, physio)
    for by in (BY_CLIENT, GUEST):
        with pytest.raises(StaffOnly):
            sold(client_card, package, by=by)
        with pytest.raises(StaffOnly):
            sold(client_card, package, by=by, price_minor=1, payment=cash(1))
    archive_package(package=package, by=STAFF, now=THE_TENTH)
    with pytest.raises(NotSold):
        sold(client_card, package)
    agreed = sold(client_card, package, by=BY_CLIENT, payment=online(20_000))
    assert agreed.state == SaleState.PAID, "what was agreed and paid is sold"


def test_a_card_that_was_joined_to_another_meanwhile_sells_to_that_one(
    client_card: Client, physio: Service, business: Business
) -> None:
    other = factories.make_client(business, "Ana P.", "ana.p@example.com")
    take_up_card(card=client_card, into=other, proof=Proof.LOG_IN, by=STAFF, now=THE_TENTH)
    assert sold(client_card, pack(business, physio)).client == held_card(other)
    erase_card(card=other, because="asked", by=STAFF, now=THE_TENTH)
    with pytest.raises(ClientGone):
        sold(other, pack(business, physio))


def test_the_neighbours_package_and_client_cannot_be_sold(
    client_card: Client, physio: Service, business: Business, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        theirs = pack(next_door, Service.objects.get())
        foreign = Client.objects.get()
    with pytest.raises(NotSold):
        sold(client_card, theirs)
    with pytest.raises(ClientGone):
        sold(foreign, pack(business, physio))


def test_what_happened_is_told_once_it_stands(
    client_card: Client, physio: Service, business: Business
) -> None:
    sold(client_card, pack(business, physio), payment=cash(20_000))
    names = set(
        OutboxEvent.objects.filter(name__startswith="ledger").values_list("name", flat=True)
    )
    assert names == {"ledger.SaleMade", "ledger.PaymentTaken", "ledger.SalePaid"}


def test_a_sale_takes_as_many_questions_however_much_waits(
    client_card: Client, physio: Service, business: Business
) -> None:
    package = pack(business, physio, credits=1)
    counts = []
    for day in (13, 14):
        visit(client_card, physio, f"2026-07-{day} 10:00", now=THE_TENTH)
        visit(client_card, physio, f"2026-07-{day} 11:00", now=THE_TENTH)
        with CaptureQueriesContext(connection) as asked:
            sold(client_card, package, payment=cash(20_000))
        counts.append(len(asked))
    print(counts)
    assert counts[1] <= counts[0] <= MOST_QUERIES


def test_a_past_appointment_stays_pending_whatever_is_sold_from_later_on(
    client_card: Client, physio: Service, business: Business, professional: Professional
) -> None:
    past = visit(client_card, physio, "2026-07-02 10:00")
    sold(client_card, pack(business, physio), applies_on=date(2026, 7, 3))
    assert state(past) == PENDING
    assert Appointment.objects.get(pk=past.pk).sequence == past.sequence
