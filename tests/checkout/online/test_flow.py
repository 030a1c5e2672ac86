"""Paying online: what comes of it when everything goes its way, and when the time is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.factories import NOW

from clientela.booking.actions.end_hold import end_hold
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.give_up_payment import give_up_payment
from clientela.checkout.actions.reconcile import reconcile
from clientela.checkout.actions.send_refunds import send_refunds
from clientela.checkout.actions.simulate_payment import Telling
from clientela.checkout.actions.start_payment import start_payment
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.models import (
    AttemptState,
    PaymentAttempt,
    ProviderAccount,
    Purpose,
    RefundOrder,
)
from clientela.checkout.payment_errors import NothingToPay, OnlinePaymentOff
from clientela.ledger.models import Payment, Sale
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.rules.lifecycle import Status

HELD_UNTIL = NOW + timedelta(minutes=30)
AFTER = HELD_UNTIL + timedelta(minutes=2)


def test_a_session_paid_while_booking_is_booked_sold_paid_and_redeemed_at_once(
    account: ProviderAccount, paid_service: Service
) -> None:
    paying = till.hold_and_begin(paid_service, "2026-11-24 10:00")
    held = paying.booked.appointment
    assert (held.status, held.redemption) == (Status.HELD, "none")

    attempt = till.pay(paying.attempt)

    booked = till.fresh(held)
    assert (booked.status, booked.redemption) == (Status.CONFIRMED, "redeemed")
    sale = Sale.objects.get(client=booked.client)
    assert (sale.kind, sale.price_minor, sale.state) == ("single", 4800, "paid")
    assert attempt.state == AttemptState.PAID
    assert attempt.payment_ref == Payment.objects.get(sale=sale).provider_ref


def test_a_deposit_leaves_the_sale_partly_paid(
    account: ProviderAccount, paid_service: Service
) -> None:
    paying = till.hold_and_begin(paid_service, "2026-11-24 10:00", is_deposit=True)
    till.pay(paying.attempt)
    sale = Sale.objects.get(client=paying.attempt.client)
    assert (sale.price_minor, sale.state) == (4800, "partly_paid")
    assert till.fresh(paying.booked.appointment).status == Status.CONFIRMED


def test_a_package_bought_while_booking_redeems_the_appointment_first(
    account: ProviderAccount, paid_service: Service
) -> None:
    package = factories.make_package(paid_service, sold_online="anyone")
    paying = till.hold_and_begin(paid_service, "2026-11-26 10:00", package=package)
    till.pay(paying.attempt)
    booked = till.fresh(paying.booked.appointment)
    assert (booked.status, booked.redemption) == (Status.CONFIRMED, "redeemed")
    sale = Sale.objects.get(client=booked.client)
    assert (sale.kind, sale.credits, sale.state, sale.door) == ("package", 5, "paid", "online")


def test_a_package_bought_alone_redeems_what_was_waiting(
    account: ProviderAccount, paid_service: Service, package: Package, client_card: Client
) -> None:
    waiting = factories.book(
        paid_service, factories.at("2026-11-25 10:00"), client=client_card, by=factories.STAFF
    ).appointment
    assert waiting.redemption == "pending"
    till.pay(till.begin(client_card, Purpose.PACKAGE, package=package))
    assert till.fresh(waiting).redemption == "redeemed"


def test_a_pending_appointment_is_paid_online_afterwards(
    account: ProviderAccount, paid_service: Service, client_card: Client
) -> None:
    late = factories.book(
        paid_service, factories.at("2026-11-24 10:00"), client=client_card, by=factories.STAFF
    ).appointment
    attempt = till.begin(client_card, Purpose.SINGLE, appointment=late)
    till.pay(attempt)
    assert till.fresh(late).redemption == "redeemed"
    with pytest.raises(NothingToPay):
        till.begin(client_card, Purpose.SINGLE, appointment=till.fresh(late))


def test_two_pages_for_one_appointment_are_paid_once_and_the_second_goes_back(
    business: Business, account: ProviderAccount, paid_service: Service
) -> None:
    paying = till.hold_and_begin(paid_service, "2026-11-24 10:00", is_deposit=True)
    held = till.fresh(paying.booked.appointment)
    whole = till.begin(held.client, Purpose.SINGLE, appointment=held)
    till.pay(paying.attempt)
    till.pay(whole)
    assert (whole.state, whole.reason) == (AttemptState.RETURNED, "nothing-to-pay")
    assert Sale.objects.get().state == "partly_paid"
    send_refunds(now=LATER)
    assert till.sums(business) == till.provider_sums(account) == {"payment": 6_300, "refund": 4_800}


def test_a_sale_that_waits_is_paid_online_and_its_rest_is_what_is_asked(
    account: ProviderAccount, package: Package, client_card: Client
) -> None:
    sale = factories.sell(client_card, package)
    factories.pay(sale, 5_000)
    attempt = till.begin(client_card, Purpose.SALE, sale=sale)
    assert attempt.amount_minor == 15_000
    till.pay(attempt)
    sale.refresh_from_db()
    assert sale.state == "paid"


def test_beginning_twice_for_the_same_is_one_attempt_and_one_page(
    account: ProviderAccount, package: Package, client_card: Client
) -> None:
    first = till.begin(client_card, Purpose.PACKAGE, package=package)
    second = till.begin(client_card, Purpose.PACKAGE, package=package)
    assert (first.pk, first.pay_url) == (second.pk, second.pay_url)
    assert PaymentAttempt.objects.count() == 1


def test_without_an_account_nothing_can_be_paid_online(
    paid_service: Service, package: Package, client_card: Client
) -> None:
    with pytest.raises(OnlinePaymentOff):
        start_payment(
            client=client_card,
            purpose=Purpose.PACKAGE,
            package=package,
            door="client",
            by=Actor.client(client_card.pk),
            now=NOW,
        )


@pytest.mark.req("CON-13")
def test_money_that_comes_after_the_hold_books_the_time_again_while_it_is_free(
    account: ProviderAccount, paid_service: Service
) -> None:
    paying = till.hold_and_begin(paid_service, "2026-11-24 10:00")
    end_hold(appointment=paying.booked.appointment, now=AFTER)
    till.tell(paying.attempt, now=AFTER)
    assert paying.attempt.state == AttemptState.PAID
    again = Appointment.objects.get(client=paying.attempt.client, status=Status.CONFIRMED)
    assert (again.starts_at, again.redemption) == (factories.at("2026-11-24 10:00"), "redeemed")


@pytest.mark.req("CON-13")
def test_money_that_comes_after_the_hold_goes_back_when_the_time_is_taken(
    business: Business, account: ProviderAccount, paid_service: Service, client_card: Client
) -> None:
    paying = till.hold_and_begin(paid_service, "2026-11-24 10:00")
    end_hold(appointment=paying.booked.appointment, now=AFTER)
    factories.book(
        paid_service, factories.at("2026-11-24 10:00"), client=client_card, by=factories.STAFF
    )
    paying.attempt.provider_account.refresh_from_db()
    # The provider took the money just before its page ended, and tells it late.
    till.pay(paying.attempt, telling=Telling.NEVER, now=HELD_UNTIL - timedelta(seconds=1))
    reconcile(now=AFTER)
    paying.attempt.refresh_from_db()
    assert (paying.attempt.state, paying.attempt.reason) == (AttemptState.RETURNED, "slot-taken")
    assert till.sums(business) == {"payment": 4800, "refund": 0}
    assert Payment.objects.get(method="online").sale is None

    assert send_refunds(now=AFTER) == 1
    assert till.sums(business) == till.provider_sums(account) == {"payment": 4800, "refund": 4800}
    assert RefundOrder.objects.get().state == "done"
    assert send_refunds(now=AFTER + timedelta(days=1)) == 0


def test_money_for_a_sale_that_was_voided_or_paid_meanwhile_goes_back(
    business: Business, account: ProviderAccount, package: Package, client_card: Client
) -> None:
    void, paid = factories.sell(client_card, package), factories.sell(client_card, package)
    attempts = [till.begin(client_card, Purpose.SALE, sale=sale) for sale in (void, paid)]
    void_sale(sale=void, because="mistake", refund_by=None, by=factories.STAFF, now=NOW)
    factories.pay(paid)
    for attempt in attempts:
        till.pay(attempt)
    assert [(one.state, one.reason) for one in attempts] == [
        (AttemptState.RETURNED, "sale-ended"),
        (AttemptState.RETURNED, "paid-too-much"),
    ]
    send_refunds(now=LATER)
    assert (
        till.sums(business) == till.provider_sums(account) == {"payment": 40_000, "refund": 40_000}
    )


def test_who_gives_up_gives_the_time_back_and_gets_money_back_that_came_all_the_same(
    business: Business, account: ProviderAccount, paid_service: Service
) -> None:
    paying = till.hold_and_begin(paid_service, "2026-11-24 10:00")
    till.pay(paying.attempt, telling=Telling.NEVER)
    given_up = give_up_payment(attempt=paying.attempt, by=Actor.guest(), now=LATER)
    assert given_up.state == AttemptState.EXPIRED
    assert till.fresh(paying.booked.appointment).status == Status.CANCELLED
    reconcile(now=LATER)
    given_up.refresh_from_db()
    assert (given_up.state, given_up.reason) == (AttemptState.RETURNED, "hold-ended")
    send_refunds(now=LATER)
    assert till.sums(business) == till.provider_sums(account)


def test_an_attempt_that_nobody_paid_expires_and_its_page_is_closed(
    account: ProviderAccount, package: Package, client_card: Client
) -> None:
    attempt = till.begin(client_card, Purpose.PACKAGE, package=package)
    after = attempt.expires_at + timedelta(minutes=1)
    assert reconcile(now=after) == 1
    attempt.refresh_from_db()
    assert (attempt.state, attempt.reason, attempt.look_at) == (
        AttemptState.EXPIRED,
        "not-paid",
        None,
    )
    assert not Sale.objects.exists()
    assert reconcile(now=after + timedelta(days=1)) == 0


@pytest.mark.req("PAY-06")
def test_a_payment_nobody_told_us_of_is_learned_within_the_hour(
    account: ProviderAccount, package: Package, client_card: Client
) -> None:
    attempt = till.begin(client_card, Purpose.PACKAGE, package=package)
    till.pay(attempt, telling=Telling.NEVER)
    assert attempt.state == AttemptState.OPEN
    for minutes in range(60):
        reconcile(now=LATER + timedelta(minutes=minutes))
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.PAID
    assert Sale.objects.get(client=client_card).state == "paid"
