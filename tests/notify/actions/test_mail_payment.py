"""Receipts, and money that went back: what is said, in whose language, and to whom it is not said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.checkout.online import till
from tests.factories import NOW, STAFF, at
from tests.notify.actions.market import Market, mails, make_market
from tests.people.families import household_with

from clientela.booking.actions.lend_credit import lend_credit
from clientela.business.models import BookingPolicy, NotificationGate
from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.models import Purpose
from clientela.ledger.models import Method, Payment, PaymentKind
from clientela.notify.actions.mail_payment import (
    mail_money_back,
    mail_money_returned,
    mail_receipt,
)
from clientela.notify.models import AccountMail
from clientela.people.models import Client, Identifier, NotifyBy
from clientela.platform.worker import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(scope: None) -> Market:
    return make_market()


def test_a_receipt_says_what_was_paid_what_is_due_and_what_it_covers(market: Market) -> None:
    factories.book(market.service, at("2026-11-24T10:00"), client=market.ana)
    sale = factories.sell(market.ana, market.package)
    mail_receipt(payment_id=factories.pay(sale, 5000).pk, now=NOW)
    ((kind, address, words),) = mails()
    assert (kind, address, words["sender_name"]) == ("receipt", "ana@example.com", "Fisio Retiro")
    assert words["subject"] == "Fisio Retiro: hemos recibido 50,00\xa0€"
    assert words["sentences"] == [
        "Es de «Bono 5», pagado el lunes 23 de noviembre de 2026, en efectivo. Gracias.",
        "Queda por pagar: 150,00\xa0€.",
        "Cubre: mar 24 nov 10:00 Fisioterapia.",
        "Quedan 4 sesiones.",
    ]
    assert words["link"] == ""


def test_the_receipt_of_what_was_lent_names_no_appointment_of_another(market: Market) -> None:
    luis = factories.make_client(market.ana.business, "Luis", "luis@example.com")
    for card in (market.ana, luis):
        own_card(card, proved_account(f"{card.pk}@example.com", card.record_name))
    household_with(market.ana.business, market.ana, luis, shares_credits=True)
    market.service.needs_credits = True
    market.service.save()
    visit = factories.book(market.service, at("2026-11-24T10:00"), client=luis).appointment
    sale = factories.sell(market.ana, market.package)
    lend_credit(appointment=visit, lender=market.ana, account=None, by=STAFF, now=NOW)
    mail_receipt(payment_id=factories.pay(sale).pk, now=NOW)
    ((_, _, words),) = mails()
    assert words["sentences"] == [
        "Es de «Bono 5», pagado el lunes 23 de noviembre de 2026, en efectivo. Gracias.",
        "Está todo pagado.",
        "Quedan 4 sesiones.",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Fisio Retiro: we have received €200.00"),
        ("it", "Fisio Retiro: abbiamo ricevuto 200,00\xa0€"),
    ],
)
def test_it_speaks_the_clients_language_and_leads_to_their_own_pages(
    market: Market, language: str, said: str
) -> None:
    market.ana.language, market.ana.account = language, factories.make_account("a@example.org")
    market.ana.save()
    sale = factories.sell(market.ana, market.package)
    mail_receipt(payment_id=factories.pay(sale).pk, now=NOW)
    ((_, _, words),) = mails()
    assert words["subject"] == said
    assert str(words["link"]).endswith(f"/client/sales/{sale.pk}/")


def test_who_may_not_be_written_to_is_not(market: Market) -> None:
    sale = factories.sell(market.ana, market.package)
    payment = factories.pay(sale, 100)

    def told() -> int:
        AccountMail.objects.all().delete()
        mail_receipt(payment_id=payment.pk, now=NOW)
        return AccountMail.objects.count()

    assert told() == 1
    Identifier.objects.update(verified_at=None)
    assert told() == 0, "a guest of the desk who proved nothing"
    Client.objects.update(activated_at=NOW)
    assert told() == 1
    Client.objects.update(notify_by=NotifyBy.NONE)
    assert told() == 0, "who wants no messages"
    Client.objects.update(notify_by=NotifyBy.EMAIL)
    BookingPolicy.objects.update(notification_gate=NotificationGate.VERIFIED_CONTACT)
    assert told() == 0, "the business's own gate"
    BookingPolicy.objects.update(notification_gate=NotificationGate.OWN_BOOKING)
    Identifier.objects.all().delete()
    assert told() == 0, "a card without an address"


def test_an_old_payment_is_no_news(market: Market) -> None:
    payment = factories.pay(factories.sell(market.ana, market.package), 100)
    mail_receipt(payment_id=payment.pk, now=NOW + timedelta(days=2, seconds=1))
    assert mails() == []


def test_what_the_business_calls_a_thing_is_no_link_in_the_mail(market: Market) -> None:
    market.package.name = "www.evil.example/x"
    market.package.save()
    payment = factories.pay(factories.sell(market.ana, market.package), 100)
    mail_receipt(payment_id=payment.pk, now=NOW)
    ((_, _, words),) = mails()
    assert "www.evil.example" not in str(words["sentences"])


def test_money_that_went_back_is_told(market: Market) -> None:
    sale = factories.sell(market.ana, market.package)
    factories.pay(sale)
    refund_sale(sale=sale, amount_minor=4000, because="One less", by=STAFF, now=NOW)
    refund = Payment.objects.get(kind=PaymentKind.REFUND)
    mail_money_back(payment_id=refund.pk, now=NOW)
    ((kind, _, words),) = mails()
    assert (kind, words["headline"]) == ("money-back", "Te hemos devuelto 40,00\xa0€")
    assert words["sentences"] == [
        "Era de «Bono 5»; te lo devolvimos el lunes 23 de noviembre de 2026, en efectivo."
    ]


def test_money_that_came_for_nothing_is_told_to_be_on_its_way_back(market: Market) -> None:
    till.connect(market.business)
    sale = factories.sell(market.ana, market.package)
    attempt = till.begin(market.ana, Purpose.SALE, sale=sale)
    void_sale(sale=sale, because="mistake", by=STAFF, now=NOW)
    till.pay(attempt)
    mail_money_returned(attempt_id=attempt.pk, now=NOW)
    ((kind, _, words),) = mails()
    assert (kind, words["headline"]) == ("money-back", "Te estamos devolviendo 200,00\xa0€")
    assert "'Lo que pagabas se había cancelado mientras tanto.'" in str(words["sentences"])
    assert "/fisio-retiro/pay/" in str(words["link"])


def test_the_worker_tells_of_each_payment_once(market: Market) -> None:
    sale = factories.sell(market.ana, market.package)
    factories.pay(sale, 100)
    for _ in range(3):
        run_once(NOW)
    assert [(row.kind, row.address) for row in AccountMail.objects.all()] == [
        ("receipt", "ana@example.com")
    ]
    assert Payment.objects.get().method == Method.CASH
