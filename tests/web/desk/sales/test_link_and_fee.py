"""What goes through the provider from the desk: the link to pay, and the fee for not coming."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import NOW, STAFF, at, book

from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.catalogue.models import Service
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.models import KeptCard, ProviderAccount, ProviderName
from clientela.ledger.models import Payment, Sale
from clientela.people.models import Identifier
from clientela.platform.audit import history

pytestmark = pytest.mark.django_db

TODAY = "2026-11-23"


@pytest.fixture
def online(business) -> ProviderAccount:
    """The business takes money online, by the simulator."""
    return connect_provider(business=business, provider=ProviderName.SIMULATOR, by=STAFF, now=NOW)


@pytest.fixture
def sale(sold, pending) -> Sale:
    return sold(applies_on=date(2026, 11, 12))


def labels(page) -> list[str]:
    return [act.label for act in page.context["acts"]]


def test_a_link_to_pay_is_sent_from_the_sale(at_desk, home, sale, online):
    page = at_desk.get(f"{home}sales/{sale.pk}/")
    assert "Send a link to pay" in labels(page)
    assert at_desk.post(f"{home}sales/{sale.pk}/link/").status_code == 302
    assert "sale-link-sent" in [line.action for line in history(subject=sale)]
    assert "Link to pay sent" in at_desk.get(f"{home}sales/{sale.pk}/").text


def test_without_an_account_for_it_no_link_is_offered_nor_sent(at_desk, home, sale):
    assert "Send a link to pay" not in labels(at_desk.get(f"{home}sales/{sale.pk}/"))
    answer = at_desk.post(f"{home}sales/{sale.pk}/link/")
    assert answer.status_code == 409
    assert "The business takes no money online." in answer.text


def test_without_an_address_no_link_is_offered_nor_sent(at_desk, home, sale, online, client_card):
    Identifier.objects.filter(client=client_card).delete()
    assert "Send a link to pay" not in labels(at_desk.get(f"{home}sales/{sale.pk}/"))
    assert at_desk.post(f"{home}sales/{sale.pk}/link/").status_code == 409


def test_a_sale_may_be_paid_by_a_link_from_the_start(
    at_desk, home, five, pending, online, client_card
):
    url = f"{home}clients/{client_card.pk}/sell/"
    asked = {"what": f"package:{five.pk}", "applies": TODAY, "pay": "link"}
    page = at_desk.get(url, asked)
    assert [way.value for way in page.context["ways"]][-1] == "link"
    assert "An email with the link to pay" in page.text
    at_desk.post(url, {**asked, "expects": page.context["expects"], "key": "a"})
    sale = Sale.objects.get()
    assert (sale.state, Payment.objects.count()) == ("pending_payment", 0)
    assert "sale-link-sent" in [line.action for line in history(subject=sale)]


def test_a_sale_stands_also_where_its_link_could_not_be_sent(
    at_desk, home, five, pending, online, client_card
):
    url = f"{home}clients/{client_card.pk}/sell/"
    asked = {"what": f"package:{five.pk}", "applies": TODAY, "pay": "link", "price": "0"}
    answer = at_desk.post(url, {**asked, "key": "a"}, follow=True)
    assert Sale.objects.get().state == "paid"
    assert "The link to pay was not sent: There is nothing left to pay." in answer.text


@pytest.fixture
def missed(physio, client_card, online):
    """Ana did not come, and had agreed to a fee of 20 euros."""
    Service.objects.filter(pk=physio.pk).update(no_show_fee_minor=2_000)
    physio.refresh_from_db()
    KeptCard.objects.create(
        business=client_card.business,
        client=client_card,
        provider_account=online,
        customer_ref="customer_1",
        card_ref="card_1",
        brand="visa",
        last_digits="4242",
        fee_minor=2_000,
        currency="EUR",
        text_version="1",
        agreed_at=NOW,
    )
    one = book(
        physio, at("2026-11-20 17:00"), client=client_card, now=at("2026-11-19 10:00"), by=STAFF
    ).appointment
    return mark_no_show(appointment=one, by=STAFF, now=NOW)


def test_the_fee_says_first_what_is_charged_to_which_card(at_desk, home, missed):
    page = at_desk.get(f"{home}appointments/{missed.pk}/")
    assert "Charge the no-show fee" in [step.label for step in page.context["money_part"].steps]
    page = at_desk.get(f"{home}appointments/{missed.pk}/fee/")
    assert "€20.00" in page.text
    assert "visa ending in 4242" in page.text
    assert not Payment.objects.exists()


def test_a_professional_charges_no_fee(sit, professional_member, home, missed):
    browser = sit(professional_member)
    page = browser.get(f"{home}appointments/{missed.pk}/")
    assert "Charge the no-show fee" not in [step.label for step in page.context["money_part"].steps]
    assert browser.post(f"{home}appointments/{missed.pk}/fee/").status_code == 404


def test_where_no_fee_is_due_the_page_leads_back(at_desk, home, pending, online):
    page = at_desk.get(f"{home}appointments/{pending[0].pk}/fee/")
    assert page.context["one"] == pending[0]
    assert "money_part" in page.context
