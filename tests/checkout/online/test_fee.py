"""The card kept for not coming: with its owner's word, charged by staff, once, never more than agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.checkout.online import till
from tests.checkout.online.test_refunds import Outage
from tests.factories import STAFF

from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.errors import StaffOnly
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.actions.charge_no_show_fee import charge_no_show_fee
from clientela.checkout.actions.reconcile import reconcile
from clientela.checkout.actions.remove_card import remove_card
from clientela.checkout.actions.simulate_payment import tell_simulated_news
from clientela.checkout.consent import VERSION, Consent
from clientela.checkout.models import KeptCard, PaymentAttempt, ProviderAccount, Purpose
from clientela.checkout.payment_errors import ConsentMissing, NoCardKept, NotAMiss
from clientela.checkout.payment_events import CardKept, CardRemoved, FeeCharged
from clientela.checkout.providers.port import CardRefused, ProviderSilent
from clientela.checkout.queries.fee import fee_due
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.outbox import OutboxEvent
from clientela.rules.lifecycle import Status

AFTER = factories.at("2026-11-24 11:00")


@pytest.fixture
def missed(account: ProviderAccount, paid_service: Service) -> Appointment:
    """Luz booked with her card kept for 20 euro, and did not come."""
    paying = till.hold_and_begin(
        paid_service, "2026-11-24 10:00", only_card=True, consent=Consent(2_000)
    )
    till.pay(paying.attempt)
    booked = till.fresh(paying.booked.appointment)
    assert booked.status == Status.CONFIRMED
    return mark_no_show(appointment=booked, by=STAFF, now=AFTER)


def test_a_card_is_kept_while_booking_with_the_words_that_were_agreed_to(
    missed: Appointment,
) -> None:
    card = KeptCard.objects.get(client=missed.client)
    assert (card.fee_minor, card.currency, card.text_version) == (2_000, "EUR", VERSION)
    assert (card.last_digits, card.agreed_at) == ("4242", factories.NOW)
    assert OutboxEvent.objects.filter(name=CardKept.name).count() == 1
    assert not Sale.objects.exists()


def test_deposit_and_card_are_one_page(account: ProviderAccount, paid_service: Service) -> None:
    paying = till.hold_and_begin(
        paid_service, "2026-11-24 10:00", is_deposit=True, consent=Consent(2_000)
    )
    till.pay(paying.attempt)
    assert Sale.objects.get().state == "partly_paid"
    assert KeptCard.objects.get().client == paying.attempt.client


def test_no_card_is_kept_without_its_owner_s_word(
    account: ProviderAccount, client_card: Client
) -> None:
    with pytest.raises(ConsentMissing):
        till.begin(client_card, Purpose.CARD)


def test_the_fee_is_charged_once_and_its_client_is_told(
    business: Business, account: ProviderAccount, missed: Appointment
) -> None:
    assert fee_due(missed) == 2_000
    attempt = charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER)
    assert attempt.state == "paid"
    sale = Sale.objects.get()
    assert (sale.kind, sale.price_minor, sale.state, sale.credits) == ("fee", 2_000, "paid", 0)
    assert OutboxEvent.objects.filter(name=FeeCharged.name).count() == 1
    tell_simulated_news(now=AFTER)
    with pytest.raises(NotAMiss):
        charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER)
    assert fee_due(missed) == 0
    assert till.sums(business) == till.provider_sums(account) == {"payment": 2_000, "refund": 0}


def test_never_more_than_was_agreed_nor_than_the_service_asks(
    missed: Appointment, paid_service: Service
) -> None:
    Service.objects.filter(pk=paid_service.pk).update(no_show_fee_minor=9_000)
    assert fee_due(Appointment.objects.get(pk=missed.pk)) == 2_000
    Service.objects.filter(pk=paid_service.pk).update(no_show_fee_minor=500)
    assert charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER).amount_minor == 500


def test_only_the_business_charges_and_only_what_was_missed(
    missed: Appointment, paid_service: Service
) -> None:
    with pytest.raises(StaffOnly):
        charge_no_show_fee(appointment=missed, by=Actor.guest(), now=AFTER)
    came = factories.book(
        paid_service, factories.at("2026-11-25 10:00"), client=missed.client, by=STAFF
    ).appointment
    with pytest.raises(NotAMiss):
        charge_no_show_fee(appointment=came, by=STAFF, now=AFTER)
    assert not Sale.objects.exists()


def test_a_removed_card_is_never_charged_again(missed: Appointment) -> None:
    card = KeptCard.objects.get()
    assert remove_card(card=card, by=Actor.guest(), now=AFTER)
    assert not remove_card(card=card, by=Actor.guest(), now=AFTER)
    assert OutboxEvent.objects.filter(name=CardRemoved.name).count() == 1
    with pytest.raises(NoCardKept):
        charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER)


def test_a_refused_card_takes_nothing_and_may_be_tried_again(missed: Appointment) -> None:
    KeptCard.objects.update(card_ref="sim_card_refused")
    with pytest.raises(CardRefused):
        charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER)
    assert not Sale.objects.exists()
    KeptCard.objects.update(card_ref="sim_card_good")
    assert charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER).state == "paid"


@pytest.mark.req("PAY-05")
@pytest.mark.parametrize("accepts", [False, True], ids=["down", "times out after accepting"])
def test_a_charge_whose_answer_got_lost_is_made_once(
    business: Business,
    account: ProviderAccount,
    missed: Appointment,
    monkeypatch: pytest.MonkeyPatch,
    accepts: bool,
) -> None:
    Outage(monkeypatch, until=AFTER + timedelta(hours=1), accepts=accepts)
    with pytest.raises(ProviderSilent):
        charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER)
    with pytest.raises(NotAMiss):
        charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER)
    for minute in range(120):
        now = AFTER + timedelta(minutes=minute)
        reconcile(now=now)
        tell_simulated_news(now=now)
    assert PaymentAttempt.objects.get(purpose=Purpose.FEE).state == "paid"
    assert till.sums(business) == till.provider_sums(account) == {"payment": 2_000, "refund": 0}


def test_another_card_replaces_the_one_before(
    account: ProviderAccount, client_card: Client
) -> None:
    for fee in (1_000, 2_000):
        attempt = till.begin(client_card, Purpose.CARD, consent=Consent(fee))
        till.pay(attempt)
    kept = KeptCard.objects.filter(client=client_card, removed_at__isnull=True)
    assert [card.fee_minor for card in kept] == [2_000]
    assert KeptCard.objects.count() == 2
