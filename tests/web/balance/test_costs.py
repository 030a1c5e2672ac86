"""What cancelling and moving do to a session, said before; and what an appointment's page says of money."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.web.balance.conftest import NOW, booked

from clientela.booking.models import Appointment
from clientela.business.models import CancelGives, SalesPolicy
from clientela.catalogue.models import Package, PaysOnline, Service
from clientela.checkout.models import ProviderAccount
from clientela.ledger.models import Method, Payment, PaymentKind, Sale
from clientela.people.models import Client as Card
from clientela.platform.tenancy import business_scope

TUESDAY = "2026-11-24 11:00"
WEEK = 7 * 24 * 60
NEXT_MONDAY = "20261130T1000Z"


def page(visit: Appointment, name: str = "") -> str:
    return f"/client/appointments/{visit.pk}/{name}"


@pytest.fixture
def redeemed(sale: Sale, card: Card, paid_service: Service) -> Appointment:
    """Tuesday at eleven, which her package pays for."""
    return booked(paid_service, card, TUESDAY)


def cut_offs(service: Service, *, free: int | None, closes: int) -> None:
    service.cancel_free_minutes, service.cancel_closes_minutes = free, closes
    service.save()


@pytest.mark.req("S1.24")
def test_cancelling_in_time_says_that_the_session_comes_back_and_gives_it_back(
    signed_in: Client, redeemed: Appointment, paid_service: Service
) -> None:
    cut_offs(paid_service, free=60, closes=60)
    text = signed_in.get(page(redeemed, "cancel")).text
    assert "Your session comes back. You can use it for another day, until Sat 22 May 2027." in text
    assert "lose" not in text
    signed_in.post(page(redeemed, "cancel"))
    assert "5 free" in signed_in.get("/client/balance/fisio-retiro/").text


def test_cancelling_late_says_first_that_the_session_is_lost(
    signed_in: Client, redeemed: Appointment, paid_service: Service
) -> None:
    cut_offs(paid_service, free=WEEK, closes=60)
    assert "Cancelled now, the session is lost" in signed_in.get(page(redeemed)).text
    text = signed_in.get(page(redeemed, "cancel")).text
    assert "You lose the session if you cancel now" in text
    assert "Until Tuesday 17 November at 11:00 (Madrid) cancelling was free." in text
    signed_in.post(page(redeemed, "cancel"))
    after = signed_in.get("/client/balance/fisio-retiro/").text
    assert "Lost, cancelled late or missed: Fisioterapia" in after
    assert "1 used, 4 free" in after


def test_between_the_two_moments_the_page_names_the_first_one(
    signed_in: Client, redeemed: Appointment, paid_service: Service
) -> None:
    cut_offs(paid_service, free=24 * 60, closes=60)
    said = "Cancelled by Monday 23 November at 11:00 (Madrid), your session comes back; later it is lost."
    assert said in signed_in.get(page(redeemed)).text


@pytest.mark.parametrize(
    ("gives", "said"),
    [
        (CancelGives.MONEY, "Your €65 come back the way you paid."),
        (CancelGives.CREDIT, "Your session comes back."),
    ],
)
def test_a_session_paid_online_comes_back_as_the_business_says(
    signed_in: Client, pending: Appointment, card: Card, gives: CancelGives, said: str
) -> None:
    with business_scope(card.business_id):
        SalesPolicy.objects.create(business=card.business, cancel_gives=gives)
        single = factories.sell(card, pending.service, cause=f"appointment:{pending.pk}", now=NOW)
        Payment.objects.create(
            business=card.business,
            sale=single,
            kind=PaymentKind.PAYMENT,
            method=Method.ONLINE,
            amount_minor=6500,
            currency="EUR",
            paid_on=NOW.date(),
            recorded_at=NOW,
            by_kind="system",
        )
    assert said in signed_in.get(page(pending, "cancel")).text


def test_of_what_uses_no_session_cancelling_costs_nothing(
    signed_in: Client, pending: Appointment
) -> None:
    assert "Cancelling now costs nothing." in signed_in.get(page(pending, "cancel")).text


def test_moving_past_the_packages_last_day_says_so_first(
    signed_in: Client, card: Card, bono: Package, paid_service: Service
) -> None:
    with business_scope(card.business_id):
        factories.sell(card, bono, valid_until=NOW.date().replace(day=27), now=NOW)
    visit = booked(paid_service, card, TUESDAY)
    inside = signed_in.get(page(visit, "move"), {"start": "20261126T1000Z"}).text
    assert "What you bought does not count on that day" not in inside
    outside = signed_in.get(page(visit, "move"), {"start": NEXT_MONDAY}).text
    assert "What you bought does not count on that day" in outside
    assert "The session comes back, and the new time waits for payment." in outside


def test_an_appointment_of_an_unpaid_sale_reads_booked_and_the_sale_pending_payment(
    signed_in: Client, redeemed: Appointment, online: ProviderAccount
) -> None:
    text = signed_in.get(page(redeemed)).text
    assert text.index(">Booked<") < text.index("Pending payment")
    assert "€300 still to be paid" in text
    assert f'href="/client/appointments/{redeemed.pk}/pay"' in text


def test_a_service_that_may_be_paid_can_be_paid_afterwards(
    signed_in: Client, card: Card, paid_service: Service, online: ProviderAccount
) -> None:
    paid_service.needs_credits = False
    paid_service.save()
    visit = booked(paid_service, card, TUESDAY)
    text = signed_in.get(page(visit)).text
    assert "You can pay now, or at the place." in text
    assert "On to the payment" in signed_in.post(page(visit, "pay")).text
    paid_service.pays_online = PaysOnline.OFF
    paid_service.save()
    assert "You can pay now" not in signed_in.get(page(visit)).text


@pytest.mark.req("S2.16")
def test_what_is_past_and_owed_is_paid_from_the_list(
    signed_in: Client, card: Card, paid_service: Service, online: ProviderAccount
) -> None:
    over = booked(paid_service, card, "2026-11-19 10:00")
    text = signed_in.get("/client/").text
    past = text[text.index('id="h-past"') :]
    assert "Pending payment" in past
    assert f'href="/client/appointments/{over.pk}/pay"' in past
    assert "Pay €65" in past
    assert "Book again" in past


def test_a_request_is_paid_for_once_it_is_accepted(
    signed_in: Client, card: Card, paid_service: Service, online: ProviderAccount
) -> None:
    paid_service.needs_approval = True
    paid_service.save()
    asked = booked(paid_service, card, TUESDAY)
    text = signed_in.get(page(asked)).text
    assert "Waiting for an answer" in text
    assert "Pay €65" not in text
    assert signed_in.get(page(asked, "pay")).status_code == 302
    assert "Pay €65" not in signed_in.get("/client/balance/fisio-retiro/").text
