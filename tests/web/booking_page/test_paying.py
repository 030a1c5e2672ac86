"""Paying while booking: what is said before, what is held, and what cannot be gone round."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.web.balance.conftest import take_online
from tests.web.booking_page.conftest import Page

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, PaysOnline, Service
from clientela.checkout.models import PaymentAttempt, Purpose
from clientela.people.models import Client
from clientela.platform.tenancy import system_scope

TUESDAY_TEN = "20261124T0900Z"
CHECKED = re.compile(r'name="pay" value="([^"]+)" checked')
OFFERED = re.compile(r'name="pay" value="([^"]+)"')


@pytest.fixture
def physio(service: Service, business: Business) -> Service:
    """Physiotherapy for 65 euros, at a business that takes money online."""
    take_online(business)
    return priced(service, PaysOnline.MAY)


def priced(service: Service, pays_online: PaysOnline, **fields: int | bool) -> Service:
    """Give the service a price, and say what it asks while booking."""
    service.price_minor, service.pays_online = 6500, pays_online
    for name, value in fields.items():
        setattr(service, name, value)
    service.save()
    return service


@pytest.fixture
def bono(physio: Service) -> Package:
    """Five sessions for 300 euros, valid six months."""
    return factories.make_package(
        physio, name="Bono de 5", price_minor=30_000, valid_count=6, valid_unit="month"
    )


@pytest.fixture
def ana(page: Page, account: Account, client_card: Client) -> Page:
    """The page as Ana reads it, who has a card here."""
    client_card.account = account
    client_card.activated_at = factories.NOW
    client_card.save()
    page.client.force_login(account)
    return page


def attempt() -> PaymentAttempt | None:
    with system_scope("what a test began"):
        return PaymentAttempt.objects.order_by("created_at").last()


def seen(page: Page) -> str:
    """The page after Tuesday at ten was chosen."""
    return page.client.get(page.url, {"start": TUESDAY_TEN}).text


def test_where_nothing_is_to_be_decided_nothing_is_said(page: Page, service: Service) -> None:
    text = seen(page)
    assert 'id="paying" class="stack" hidden>' in text
    assert "How you pay" not in text


def test_who_may_pay_online_is_offered_both_and_nothing_that_costs_is_chosen_for_them(
    page: Page, physio: Service
) -> None:
    text = seen(page)
    assert OFFERED.findall(text) == ["later", "now"]
    assert CHECKED.findall(text) == ["later"]
    assert "While you pay, the time is kept for you for 30 minutes." in text
    page.client.post(page.url, page.details(start=TUESDAY_TEN))
    made = Appointment.objects.get()
    assert (made.status, made.redemption) == ("confirmed", "none")
    assert attempt() is None


def test_paying_now_holds_the_time_and_leads_to_the_payment(page: Page, physio: Service) -> None:
    answer = page.client.post(page.url, {**page.details(start=TUESDAY_TEN), "pay": "now"})
    assert "On to the payment" in answer.text
    made, begun = Appointment.objects.get(), attempt()
    assert made.status == "held"
    assert begun is not None
    assert (begun.purpose, begun.amount_minor) == (Purpose.SINGLE, 6500)


def test_sent_twice_it_is_one_time_and_one_payment(page: Page, physio: Service) -> None:
    form = {**page.details(start=TUESDAY_TEN), "pay": "now"}
    for _ in range(2):
        assert page.client.post(page.url, form).status_code == 200
    assert Appointment.objects.count() == 1
    with system_scope("what a test began"):
        assert PaymentAttempt.objects.count() == 1


@pytest.mark.parametrize("asked", [PaysOnline.DEPOSIT, PaysOnline.FULL])
@pytest.mark.parametrize("way", ["later", "credit", "nonsense", "package:nonsense"])
def test_what_must_be_paid_cannot_be_gone_round(
    page: Page, physio: Service, asked: PaysOnline, way: str
) -> None:
    priced(physio, asked, deposit_minor=2000)
    answer = page.client.post(page.url, {**page.details(start=TUESDAY_TEN), "pay": way})
    assert answer.status_code == 422
    assert "What you chose is not offered any more." in answer.text
    assert 'value="Luz Prueba"' in answer.text
    assert Appointment.objects.count() == 0


def test_a_deposit_says_what_is_left_and_asks_only_for_itself(page: Page, physio: Service) -> None:
    priced(physio, PaysOnline.DEPOSIT, deposit_minor=2000)
    text = seen(page)
    assert "The rest, €45, is paid at the place." in text
    assert "Book and pay" in text
    page.client.post(page.url, page.details(start=TUESDAY_TEN))
    begun = attempt()
    assert begun is not None
    assert (begun.amount_minor, begun.price_minor) == (2000, 6500)


def test_with_one_way_only_there_is_no_question(page: Page, physio: Service) -> None:
    priced(physio, PaysOnline.FULL)
    text = seen(page)
    assert OFFERED.findall(text) == []
    assert "You pay €65 now, on a secure page." in text


def test_a_business_that_takes_no_money_online_books_and_leaves_it_for_later(
    page: Page, service: Service
) -> None:
    priced(service, PaysOnline.FULL)
    assert "How you pay" not in seen(page)
    assert page.client.post(page.url, page.details(start=TUESDAY_TEN)).status_code == 302


@pytest.mark.req("S1.4")
def test_who_has_no_session_left_is_offered_packages_with_what_they_do(
    ana: Page, physio: Service, bono: Package
) -> None:
    priced(physio, PaysOnline.MAY, needs_credits=True)
    text = seen(ana)
    assert "You have no session left for this." in text
    assert OFFERED.findall(text) == ["later", "now", f"package:{bono.pk}"]
    assert "It then reads Pending payment." in text
    assert "Pays for Tue 24 Nov, 10:00 (Madrid)" in text
    assert "4 sessions left, until Sun 23 May 2027" in text
    form = {**ana.form(start=TUESDAY_TEN), "pay": f"package:{bono.pk}"}
    assert "On to the payment" in ana.client.post(ana.url, form).text
    begun = attempt()
    assert begun is not None
    assert (begun.purpose, begun.package_id) == (Purpose.PACKAGE, bono.pk)


def test_a_guest_is_offered_no_package_and_gets_none(
    page: Page, physio: Service, bono: Package
) -> None:
    assert "package:" not in seen(page)
    form = {**page.details(start=TUESDAY_TEN), "pay": f"package:{bono.pk}"}
    assert page.client.post(page.url, form).status_code == 422


def test_another_businesss_package_is_not_a_way_to_pay(
    ana: Page, physio: Service, bono: Package, next_door: Business
) -> None:
    foreign = {**ana.form(start=TUESDAY_TEN), "pay": f"package:{UUID(int=5)}"}
    assert ana.client.post(ana.url, foreign).status_code == 422


@pytest.mark.req("S1.5")
def test_who_has_a_session_uses_it_and_is_asked_for_no_money(
    ana: Page, physio: Service, bono: Package, client_card: Client
) -> None:
    priced(physio, PaysOnline.FULL, needs_credits=True)
    factories.sell(client_card, bono)
    text = seen(ana)
    assert "Paid with your Bono de 5. Then: 4 sessions left, until Sun 23 May 2027." in text
    assert OFFERED.findall(text) == []
    form = {**ana.form(start=TUESDAY_TEN), "pay": "now"}  # an old page's choice
    assert ana.client.post(ana.url, form).status_code == 302
    assert Appointment.objects.get().redemption == "redeemed"
    assert attempt() is None


def test_a_card_is_kept_only_with_a_tick_that_nobody_set(page: Page, physio: Service) -> None:
    priced(physio, PaysOnline.MAY, no_show_fee_minor=3000)
    text = seen(page)
    assert "Fisio Retiro may take €30 from it if I do not come, and nothing else." in text
    box = re.search(r'<input type="checkbox"[^>]*name="keep_card"[^>]*>', text)
    assert box is not None
    assert "checked" not in box.group()
    without = page.client.post(page.url, page.details(start=TUESDAY_TEN))
    assert without.status_code == 422
    assert "Tick the box" in without.text
    assert Appointment.objects.count() == 0
    agreed = {**page.details(start=TUESDAY_TEN), "keep_card": "on"}
    page.client.post(page.url, agreed)
    begun = attempt()
    assert begun is not None
    assert (begun.purpose, begun.fee_minor, begun.amount_minor) == (Purpose.CARD, 3000, 0)
    assert Appointment.objects.get().status == "held"


def test_what_a_late_cancellation_costs_is_said_before_booking(page: Page, physio: Service) -> None:
    priced(physio, PaysOnline.FULL, cancel_free_minutes=3 * 60, cancel_closes_minutes=60)
    text = seen(page)
    said = "Cancelled by Tuesday 24 November at 07:00 (Madrid), your session comes back; later it is lost."
    assert said in text
    assert "What is paid for and missed is lost." in text


def test_the_number_of_queries_does_not_grow_with_the_packages(
    ana: Page,
    physio: Service,
    bono: Package,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    priced(physio, PaysOnline.MAY, needs_credits=True)
    ana.client.get(ana.url)
    with django_assert_num_queries(29) as asked:
        seen(ana)
    for number in range(4):
        factories.make_package(physio, name=f"Bono {number}")
    with django_assert_num_queries(len(asked)):
        seen(ana)


def test_booking_again_in_two_taps_goes_by_the_counter_where_money_comes_first(
    ana: Page, physio: Service, client_card: Client
) -> None:
    before = factories.book(physio, factories.at("2026-11-24 12:00"), client=client_card)
    priced(physio, PaysOnline.FULL)
    browser: Browser = ana.client
    answer = browser.post(
        f"/client/appointments/{before.appointment.pk}/again", {"start": TUESDAY_TEN, "key": "k"}
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith("/fisio-retiro/?service=")
    assert "start=20261124T0900Z" in answer["Location"]
    assert Appointment.objects.count() == 1
