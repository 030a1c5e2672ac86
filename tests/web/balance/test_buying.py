"""Buying and paying alone: who may, what is begun, and whose it is."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.web.balance.conftest import NOW, browser_of, take_online
from tests.web.checksum import checksum

from clientela.accounts.models import Account
from clientela.booking.links import manage_path
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, SoldOnline
from clientela.checkout.models import KeptCard, PaymentAttempt, ProviderAccount, Purpose
from clientela.ledger.models import Invoice, InvoiceKind, Sale
from clientela.people.models import Client as Card
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope, system_scope


def attempts() -> list[PaymentAttempt]:
    with system_scope("what a test began"):
        return list(PaymentAttempt.objects.order_by("created_at"))


def test_buying_begins_a_payment_and_sells_nothing_yet(
    signed_in: Client, bono: Package, card: Card, online: ProviderAccount
) -> None:
    answer = signed_in.post(f"/client/buy/{bono.pk}/")
    assert "On to the payment" in answer.text
    begun = attempts()
    assert [(one.purpose, one.amount_minor) for one in begun] == [(Purpose.PACKAGE, 30_000)]
    assert Sale.objects.count() == 0


def test_pressed_twice_it_is_one_payment(
    signed_in: Client, bono: Package, card: Card, online: ProviderAccount
) -> None:
    signed_in.post(f"/client/buy/{bono.pk}/")
    signed_in.post(f"/client/buy/{bono.pk}/")
    assert len(attempts()) == 1


@pytest.mark.parametrize(
    ("sold_online", "to_client", "to_stranger"),
    [(SoldOnline.NOBODY, 404, 404), (SoldOnline.CLIENTS, 200, 404), (SoldOnline.ANYONE, 200, 200)],
)
def test_who_may_buy_is_the_packages_own_rule(
    signed_in: Client,
    bono: Package,
    card: Card,
    other: Account,
    online: ProviderAccount,
    sold_online: SoldOnline,
    to_client: int,
    to_stranger: int,
) -> None:
    bono.sold_online = sold_online
    bono.save()
    path, stranger = f"/client/buy/{bono.pk}/", browser_of(other)
    assert signed_in.get(path).status_code == to_client
    assert stranger.get(path).status_code == to_stranger
    assert stranger.post(path).status_code == to_stranger
    assert len(attempts()) == (to_stranger == 200)


def test_an_archived_package_is_not_there(signed_in: Client, bono: Package, card: Card) -> None:
    bono.is_active = False
    bono.save()
    assert signed_in.get(f"/client/buy/{bono.pk}/").status_code == 404


def test_a_package_says_what_it_will_pay_for(
    signed_in: Client, pending: Appointment, bono: Package, online: ProviderAccount
) -> None:
    text = signed_in.get(f"/client/buy/{bono.pk}/").text
    assert "Tue 24 Nov, 10:00 (Madrid)" in text
    assert "4 sessions left, until Sat 22 May 2027" in text
    for_another = {"appointment": str(uuid7())}
    assert signed_in.get(f"/client/buy/{bono.pk}/", for_another).status_code == 404


def test_an_appointment_is_paid_alone_or_with_a_package(
    signed_in: Client, pending: Appointment, bono: Package, online: ProviderAccount
) -> None:
    path = f"/client/appointments/{pending.pk}/pay"
    text = signed_in.get(path).text
    assert "Pay €65" in text
    assert f"/client/buy/{bono.pk}/?appointment={pending.pk}" in text
    assert "On to the payment" in signed_in.post(path).text
    (begun,) = attempts()
    assert (begun.purpose, begun.appointment_id, begun.amount_minor) == (
        Purpose.SINGLE,
        pending.pk,
        6500,
    )


def test_without_an_account_at_a_provider_it_says_how_to_pay_at_the_place(
    signed_in: Client, pending: Appointment, bono: Package
) -> None:
    path = f"/client/appointments/{pending.pk}/pay"
    text = signed_in.get(path).text
    assert "How to pay" in text
    assert "In cash or by card, when you come." in text
    assert "btn-solid" not in text.split("<main")[1].split("</main")[0]
    assert signed_in.post(path).status_code == 200
    assert attempts() == []


def test_what_is_paid_leads_back_to_the_appointment(
    signed_in: Client, pending: Appointment, card: Card, bono: Package, online: ProviderAccount
) -> None:
    with business_scope(card.business_id):
        factories.pay(factories.sell(card, bono, now=NOW), now=NOW)
    answer = signed_in.get(f"/client/appointments/{pending.pk}/pay")
    assert answer.status_code == 302
    assert answer["Location"] == f"/client/appointments/{pending.pk}/"


def test_an_unpaid_sale_is_paid_online_and_shows_its_receipts(
    signed_in: Client, sale: Sale, card: Card, online: ProviderAccount
) -> None:
    with business_scope(card.business_id):
        part = factories.pay(sale, 10_000, now=NOW)
    text = signed_in.get(f"/client/sales/{sale.pk}/").text
    assert "Partly paid" in text
    assert "Pay €200" in text
    receipt = signed_in.get(f"/client/sales/{sale.pk}/payments/{part.pk}/").text
    assert "€100.00" in receipt
    assert "In cash" in receipt
    signed_in.post(f"/client/sales/{sale.pk}/pay")
    assert [(one.purpose, one.amount_minor) for one in attempts()] == [(Purpose.SALE, 20_000)]


def test_somebody_elses_money_looks_like_none_at_all(
    sale: Sale, pending: Appointment, card: Card, other: Account, online: ProviderAccount
) -> None:
    with business_scope(card.business_id):
        payment = factories.pay(sale, 10_000, now=NOW)
        invoice = _invoice(sale)
        kept = _kept(card, online)
    stranger = browser_of(other)
    for path in (
        f"/client/sales/{sale.pk}/",
        f"/client/sales/{sale.pk}/payments/{payment.pk}/",
        f"/client/sales/{sale.pk}/invoice/{invoice.pk}.pdf",
        f"/client/appointments/{pending.pk}/pay",
        "/client/balance/fisio-retiro/",
    ):
        assert stranger.get(path).status_code == 404, path
    for path in (
        f"/client/sales/{sale.pk}/pay",
        f"/client/appointments/{pending.pk}/pay",
        f"/client/cards-kept/{kept.pk}/remove",
    ):
        assert stranger.post(path).status_code == 404, path
    assert attempts() == []
    with business_scope(card.business_id):
        assert KeptCard.objects.get().removed_at is None


def test_a_paper_is_found_with_its_own_sale_only(
    signed_in: Client, sale: Sale, card: Card, bono: Package
) -> None:
    with business_scope(card.business_id):
        second = factories.sell(card, bono, now=NOW)
        payment, invoice = factories.pay(second, 10_000, now=NOW), _invoice(second)
    assert signed_in.get(f"/client/sales/{sale.pk}/payments/{payment.pk}/").status_code == 404
    assert signed_in.get(f"/client/sales/{sale.pk}/invoice/{invoice.pk}.pdf").status_code == 404
    answer = signed_in.get(f"/client/sales/{second.pk}/invoice/{invoice.pk}.pdf")
    assert answer.content == b"%PDF-paper"
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]


def test_a_kept_card_is_removed_with_one_press(
    signed_in: Client, card: Card, online: ProviderAccount
) -> None:
    with business_scope(card.business_id):
        kept = _kept(card, online)
    assert "•••• 4242" in signed_in.get("/client/balance/fisio-retiro/").text
    answer = signed_in.post(f"/client/cards-kept/{kept.pk}/remove", follow=True)
    assert "The card is removed." in answer.text
    assert "4242" not in answer.text
    assert signed_in.get(f"/client/cards-kept/{kept.pk}/remove").status_code == 405


def test_a_link_pays_for_its_own_appointment_and_offers_no_package(
    pending: Appointment, bono: Package, online: ProviderAccount
) -> None:
    guest = Client(headers={"accept-language": "en"})
    path = f"{manage_path(pending)}pay/"
    before = checksum()
    text = guest.get(path).text
    assert guest.head(path).status_code == 200
    assert checksum() == before
    assert "Pay €65" in text
    assert "/client/buy/" not in text
    guest.post(path)
    assert [one.appointment_id for one in attempts()] == [pending.pk]
    assert guest.get(path.replace("fisio-retiro", "nobody")).status_code == 404


def test_the_link_of_another_business_pays_for_nothing_here(
    pending: Appointment, next_door: Business, online: ProviderAccount
) -> None:
    take_online(next_door)
    path = f"{manage_path(pending)}pay/".replace("fisio-retiro", next_door.slug)
    assert Client().post(path).status_code == 404
    assert attempts() == []


def _invoice(sale: Sale) -> Invoice:
    return Invoice.objects.create(
        business=sale.business,
        sale=sale,
        kind=InvoiceKind.INVOICE,
        series="F2026",
        number=Invoice.objects.count() + 1,
        issued_on=NOW.date(),
        issued_at=NOW,
        gross_minor=sale.price_minor,
        net_minor=sale.net_minor,
        tax_minor=sale.tax_minor,
        currency=sale.currency,
        facts={},
        document=b"%PDF-paper",
        digest="0" * 64,
    )


def _kept(card: Card, account: ProviderAccount) -> KeptCard:
    return KeptCard.objects.create(
        business_id=card.business_id,
        client=card,
        provider_account=account,
        customer_ref="customer",
        card_ref="card",
        brand="visa",
        last_digits="4242",
        fee_minor=3000,
        currency="EUR",
        text_version="card-1",
        agreed_at=NOW,
    )
