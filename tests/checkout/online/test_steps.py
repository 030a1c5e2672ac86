"""The steps of paying online, each by itself: what it writes, and that doing it twice is doing it once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.booking.actions.test_book_for_relative import book_for
from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.factories import NOW, STAFF
from tests.people.families import card_of, household_with
from tests.people.persons import person

from clientela.booking.models import Appointment
from clientela.business.models import Business, SalesPolicy
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.book_with_payment import Paying, book_with_payment
from clientela.checkout.actions.carry_out_charge import carry_out_charge
from clientela.checkout.actions.end_pages import end_pages
from clientela.checkout.actions.hear import hear
from clientela.checkout.actions.keep_card import keep_card
from clientela.checkout.actions.pay_again import pay_again
from clientela.checkout.actions.record_provider_refund import record_provider_refund
from clientela.checkout.actions.return_money import return_money
from clientela.checkout.actions.settle_attempt import settle_attempt
from clientela.checkout.consent import Consent
from clientela.checkout.models import (
    AttemptState,
    KeptCard,
    PaymentAttempt,
    ProviderAccount,
    Purpose,
    RefundOrder,
)
from clientela.checkout.payment_errors import CardNotLent, OnlinePaymentOff, PaymentOver
from clientela.checkout.providers.port import Card
from clientela.ledger.errors import RefundTooMuch
from clientela.ledger.models import Payment, Sale
from clientela.people.models import Client
from clientela.platform.actor import Actor


@pytest.fixture
def attempt(account: ProviderAccount, package: Package, client_card: Client) -> PaymentAttempt:
    """Ana is on the page to buy a package."""
    return till.begin(client_card, Purpose.PACKAGE, package=package)


def test_booking_with_payment_holds_as_long_as_the_business_says(
    business: Business, account: ProviderAccount, paid_service: Service
) -> None:
    SalesPolicy.objects.create(business=business, hold_minutes=12)
    paying = book_with_payment(
        business=business,
        book=lambda until: factories.book(
            paid_service, factories.at("2026-11-24 10:00"), held_until=until
        ),
        door="booking-page",
        by=factories.GUEST,
        now=NOW,
    )
    until = NOW + timedelta(minutes=12)
    assert (paying.booked.appointment.held_until, paying.attempt.expires_at) == (until, until)


def test_without_an_account_nothing_is_held(business: Business, paid_service: Service) -> None:
    with pytest.raises(OnlinePaymentOff):
        till.hold_and_begin(paid_service, "2026-11-24 10:00")
    assert not Appointment.objects.exists()


def test_no_card_is_kept_for_somebody_elses_appointment_and_nothing_is_held(
    business: Business, account: ProviderAccount, paid_service: Service
) -> None:
    """Who books for another may pay; whose card may be charged for not coming, only that person says."""
    ana, bea = (card_of(business, person(f"{one}@example.com", one)) for one in ("ana", "bea"))
    household_with(business, ana, bea, lets_book=True)

    def kept_for(relative: Client | None) -> Paying:
        return book_with_payment(
            business=business,
            book=lambda until: book_for(paid_service, ana, relative, held_until=until),
            only_card=True,
            consent=Consent(fee_minor=2000),
            door="booking-page",
            by=Actor.client(ana.account_id),
            now=NOW,
        )

    with pytest.raises(CardNotLent):
        kept_for(bea)
    assert not Appointment.objects.exists()
    assert not PaymentAttempt.objects.exists()
    assert kept_for(None).attempt.client == ana


def test_hearing_settles_an_attempt_and_names_the_payment(attempt: PaymentAttempt) -> None:
    with transaction.atomic():
        heard = hear(account=attempt.provider_account, told=till.said(attempt), now=LATER)
    assert (heard.state, heard.reason, heard.payment_ref) == (
        "applied",
        "paid",
        f"pay-{attempt.pk}",
    )


def test_settling_gives_what_was_paid_for(attempt: PaymentAttempt) -> None:
    with transaction.atomic():
        settled = settle_attempt(attempt=attempt, told=till.said(attempt), now=LATER)
    assert (settled.given, settled.reason) == (True, "paid")
    assert Sale.objects.get().state == "paid"


def test_money_that_is_returned_is_in_the_books_with_the_order_to_give_it_back(
    attempt: PaymentAttempt,
) -> None:
    with transaction.atomic():
        return_money(attempt=attempt, told=till.said(attempt), reason="hold-ended", now=LATER)
    payment, order = Payment.objects.get(), RefundOrder.objects.get()
    assert (payment.sale, payment.amount_minor) == (None, 20_000)
    assert (order.payment, order.amount_minor, order.try_at) == (payment, 20_000, LATER)


def test_a_provider_s_refund_is_written_down_once_and_never_beyond_the_payment(
    attempt: PaymentAttempt,
) -> None:
    till.pay(attempt)
    payment = Payment.objects.get()

    def refund(amount: int, ref: str) -> bool:
        with transaction.atomic():
            return record_provider_refund(
                payment=payment, amount_minor=amount, refund_ref=ref, order=None, now=LATER
            )

    assert refund(15_000, "one")
    assert not refund(15_000, "one")
    with pytest.raises(RefundTooMuch):
        refund(5_001, "two")
    assert till.sums(attempt.business)["refund"] == 15_000


def test_paying_again_is_the_same_page_while_it_stands_and_another_afterwards(
    attempt: PaymentAttempt,
) -> None:
    assert pay_again(attempt=attempt, by=factories.GUEST, now=LATER).pk == attempt.pk
    PaymentAttempt.objects.filter(pk=attempt.pk).update(state=AttemptState.FAILED)
    attempt.refresh_from_db()
    second = pay_again(attempt=attempt, by=factories.GUEST, now=LATER)
    assert (second.pk != attempt.pk, second.amount_minor) == (True, attempt.amount_minor)
    till.pay(attempt)
    with pytest.raises(PaymentOver):
        pay_again(attempt=attempt, by=factories.GUEST, now=LATER)


def test_pages_end_with_what_they_were_for(
    account: ProviderAccount, package: Package, client_card: Client
) -> None:
    sale = factories.sell(client_card, package)
    attempt = till.begin(client_card, Purpose.SALE, sale=sale)
    assert end_pages(sale_id=sale.pk, because="sale-ended", now=LATER) == 1
    assert end_pages(sale_id=sale.pk, because="sale-ended", now=LATER) == 0
    attempt.refresh_from_db()
    assert (attempt.state, attempt.reason, attempt.look_at) == ("expired", "sale-ended", LATER)


def test_a_kept_card_names_what_was_agreed_to(
    account: ProviderAccount, client_card: Client
) -> None:
    attempt = till.begin(client_card, Purpose.CARD, consent=Consent(1_500))
    with transaction.atomic():
        card = keep_card(
            attempt=attempt, card=Card(customer_ref="c", card_ref="k"), by=STAFF, now=LATER
        )
    assert (card.fee_minor, card.agreed_at) == (1_500, NOW)
    assert KeptCard.objects.count() == 1


def test_a_decided_attempt_is_not_charged(attempt: PaymentAttempt) -> None:
    till.pay(attempt)
    carry_out_charge(attempt=attempt, now=LATER)
    assert Payment.objects.count() == 1
