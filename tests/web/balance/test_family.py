"""Paying for somebody of one's household: only what is due, only while they let one, and it stays theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.people.families import household_with
from tests.people.persons import person
from tests.web.client.conftest import card_of

from clientela.business.models import Business
from clientela.catalogue.models import Package
from clientela.checkout.models import PaymentAttempt, ProviderAccount, Purpose
from clientela.checkout.queries import family_dues
from clientela.ledger.models import Sale
from clientela.people.models import Client as Card, HouseholdMember
from clientela.people.queries.living_cards import living_cards
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import business_scope, system_scope
from clientela.web.visit import begin_payment

HERE = "/client/balance/fisio-retiro/"


@pytest.fixture
def bea(business: Business, card: Card) -> Card:
    """Bea, of Ana's household."""
    bea = card_of(business, person("bea@example.com", "Bea Prueba"))
    household_with(business, card, bea)
    return bea


@pytest.fixture
def hers(bono: Package, bea: Card, online: ProviderAccount) -> Sale:
    """What Bea bought, of which 200 euros are due."""
    with business_scope(bea.business_id):
        sale = factories.sell(bea, bono)
        factories.pay(sale, 10_000)
    return sale


def let(card: Card, **gives: Any) -> None:
    with system_scope("the test"):
        HouseholdMember.objects.filter(client=card).update(**gives)


def pay_path(sale: Sale) -> str:
    return f"/client/family/sales/{sale.pk}/pay"


def attempts() -> list[PaymentAttempt]:
    with system_scope("the test"):
        return list(PaymentAttempt.objects.all())


def test_what_is_due_is_named_with_its_state_and_paid_by_a_press(
    signed_in: Client, card: Card, bea: Card, hers: Sale
) -> None:
    let(bea, lets_pay=True)
    text = signed_in.get(HERE).text
    family = text[text.index('id="h-family"') :].partition("</section>")[0]
    for said in ("Bea Prueba", "Bono de 5", "Partly paid", "Pay €200", pay_path(hers)):
        assert said in family
    assert signed_in.get(pay_path(hers)).status_code == 405
    assert "On to the payment" in signed_in.post(pay_path(hers)).text
    (begun,) = attempts()
    assert (begun.purpose, begun.sale_id, begun.client, begun.amount_minor, begun.back_to) == (
        Purpose.SALE, hers.pk, bea, 20_000, HERE,
    )  # fmt: skip
    with system_scope("the test"):
        line = AuditEvent.objects.get(action="payment-started")
    assert line.actor_id == card.account_id


def test_receipt_and_sale_stay_the_members(
    signed_in: Client, bea: Card, hers: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    let(bea, lets_pay=True)
    with business_scope(bea.business_id):
        part = hers.payments.get()
    assert signed_in.get(f"/client/sales/{hers.pk}/").status_code == 404
    assert signed_in.get(f"/client/sales/{hers.pk}/payments/{part.pk}/").status_code == 404
    assert signed_in.post(f"/client/sales/{hers.pk}/pay").status_code == 404
    told: list[bool] = []

    def page(*, names_client: bool, **_: object) -> str:
        told.append(names_client)
        return "https://pay.example/"

    monkeypatch.setattr(begin_payment, "open_payment_page", page)
    signed_in.post(pay_path(hers))
    assert told == [False]


@pytest.mark.parametrize(
    "gives",
    [{}, {"lets_book": True, "lets_see": True, "shares_credits": True}],
    ids=["nothing", "everything else"],
)
def test_without_that_very_permission_it_is_neither_shown_nor_paid(
    signed_in: Client, bea: Card, hers: Sale, gives: dict[str, bool]
) -> None:
    let(bea, **gives)
    assert "Bea" not in signed_in.get(HERE).text
    assert signed_in.post(pay_path(hers)).status_code == 404
    assert attempts() == []


@pytest.mark.parametrize("change", [{"lets_pay": False}, {"until": factories.NOW}])
def test_what_is_taken_back_after_the_page_was_opened_is_paid_no_more(
    signed_in: Client, bea: Card, hers: Sale, change: dict[str, Any]
) -> None:
    let(bea, lets_pay=True)
    assert "Bea Prueba" in signed_in.get(HERE).text
    let(bea, **change)
    assert signed_in.post(pay_path(hers)).status_code == 404
    assert attempts() == []


def test_home_and_balance_say_in_a_line_that_something_of_the_family_waits(
    signed_in: Client, card: Card, bea: Card, hers: Sale
) -> None:
    other = factories.make_business("other-house", name="Otra Casa")
    card_of(other, card.account)
    for gives, times in ({"lets_book": True}, 0), ({"lets_pay": True}, 1):
        let(bea, **gives)
        for page in ("/client/", "/client/balance"):
            text = signed_in.get(page).text
            assert text.count("Your family: to pay") == times
            assert "Bea" not in text
    assert "Your family" not in signed_in.get("/client/?at=other-house").text


def test_what_is_paid_is_not_shown(signed_in: Client, bea: Card, hers: Sale, card: Card) -> None:
    let(bea, lets_pay=True)
    with business_scope(bea.business_id):
        factories.pay(hers, 20_000)
    assert "Bea" not in signed_in.get(HERE).text
    assert signed_in.post(pay_path(hers)).status_code == 404


def test_a_door_that_did_not_ask_for_permission_would_open(
    signed_in: Client, bea: Card, hers: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: it is this one condition that refuses."""
    monkeypatch.setattr(family_dues, "lent_cards", lambda **_: living_cards())
    assert signed_in.post(pay_path(hers)).status_code == 200
