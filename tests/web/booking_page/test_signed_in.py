"""Booking while signed in: nothing that is known is asked, and the appointment is the person's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import at
from tests.web.booking_page.conftest import Page

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, ClientLogin, PhoneField, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client, Consent, How, Identifier

TUESDAY_TEN = "20261124T0900Z"


@pytest.fixture
def signed_in(page: Page, account: Account) -> Page:
    """The page as Ana reads it, signed in."""
    page.client.force_login(account)
    return page


@pytest.fixture
def own_card(business: Business, account: Account, client_card: Client) -> Client:
    """Ana's card here, which is her account's."""
    client_card.account = account
    client_card.activated_at = factories.NOW
    client_card.save()
    return client_card


@pytest.mark.req("S3.3")
def test_nothing_that_is_known_is_asked(signed_in: Page, service: Service) -> None:
    text = signed_in.client.get(signed_in.url, {"start": TUESDAY_TEN}).text
    form = text[text.index('id="book"') : text.index("</form>", text.index('id="book"'))]
    assert "Booking as" in text
    assert "Ana Prueba" in form
    assert "ana@example.com" in form
    for name in ("name", "email", "phone"):
        assert f'name="{name}"' not in form
    assert 'name="note"' in form


@pytest.mark.req("S3.3")
def test_one_press_books_on_the_persons_own_card(
    signed_in: Page, service: Service, account: Account
) -> None:
    answer = signed_in.client.post(
        signed_in.url, {**signed_in.form(start=TUESDAY_TEN), "note": "Left knee"}
    )
    assert answer.status_code == 302
    made = Appointment.objects.get()
    assert (made.starts_at, made.account_id) == (at("2026-11-24 10:00"), account.pk)
    assert (made.client.account_id, made.client_note) == (account.pk, "Left knee")
    assert made.client.activated_at == factories.NOW
    assert Consent.objects.get(client=made.client).how == How.BOOKING


def test_the_second_booking_stands_on_the_same_card(
    signed_in: Page, service: Service, own_card: Client
) -> None:
    for start in (TUESDAY_TEN, "20261124T1000Z"):
        signed_in.client.post(signed_in.url, signed_in.form(start=start))
    assert {made.client_id for made in Appointment.objects.all()} == {own_card.pk}
    assert Client.objects.count() == 1


def test_identity_fields_of_a_signed_in_form_change_nothing(
    signed_in: Page, service: Service, own_card: Client, account: Account
) -> None:
    signed_in.client.post(
        signed_in.url,
        {
            **signed_in.form(start=TUESDAY_TEN),
            "name": "Otra Persona",
            "email": "other@example.com",
            "phone": "+34600000009",
            "account": "other",
            "client": "other",
        },
    )
    made = Appointment.objects.get()
    assert (made.client_id, made.account_id) == (own_card.pk, account.pk)
    account.refresh_from_db()
    assert (account.name, account.email, account.phone) == ("Ana Prueba", "ana@example.com", "")
    assert not Identifier.objects.filter(value__in=["other@example.com", "+34600000009"]).exists()


def test_a_required_phone_is_asked_once_and_kept_in_the_profile(
    signed_in: Page, service: Service, business: Business, account: Account
) -> None:
    set_policy(
        business=business, phone_field=PhoneField.REQUIRED, by=factories.SYSTEM, now=factories.NOW
    )
    form = signed_in.form(start=TUESDAY_TEN)
    assert 'name="phone"' in signed_in.client.get(signed_in.url).text
    refused = signed_in.client.post(signed_in.url, form)
    assert refused.status_code == 422
    assert "Write your phone number." in refused.text
    signed_in.client.post(signed_in.url, {**form, "phone": "+34 600 000 001"})
    account.refresh_from_db()
    assert account.phone == "+34600000001"
    assert Identifier.objects.get(kind="phone").value == "+34600000001"
    assert 'name="phone"' not in signed_in.client.get(signed_in.url).text


def test_a_name_that_was_never_given_is_asked_and_kept(
    signed_in: Page, service: Service, account: Account
) -> None:
    Account.objects.filter(pk=account.pk).update(name="")
    form = signed_in.form(start=TUESDAY_TEN)
    assert "Write your name." in signed_in.client.post(signed_in.url, form).text
    signed_in.client.post(signed_in.url, {**form, "name": "Ana Nueva"})
    account.refresh_from_db()
    assert (account.name, Appointment.objects.get().client.record_name) == (
        "Ana Nueva",
        "Ana Nueva",
    )


@pytest.mark.req("S3.10")
def test_off_treats_who_is_signed_in_as_a_guest(
    signed_in: Page, service: Service, business: Business
) -> None:
    set_policy(
        business=business, client_login=ClientLogin.OFF, by=factories.SYSTEM, now=factories.NOW
    )
    signed_in.client.post(signed_in.url, signed_in.details(start=TUESDAY_TEN))
    made = Appointment.objects.get()
    assert (made.client.record_name, made.account_id, made.client.account_id) == (
        "Luz Prueba",
        None,
        None,
    )


@pytest.mark.req("S3.12")
def test_required_lets_who_is_signed_in_book(
    signed_in: Page, service: Service, business: Business
) -> None:
    set_policy(
        business=business, client_login=ClientLogin.REQUIRED, by=factories.SYSTEM, now=factories.NOW
    )
    assert (
        signed_in.client.post(signed_in.url, signed_in.form(start=TUESDAY_TEN)).status_code == 302
    )
    assert Appointment.objects.count() == 1


@pytest.mark.req("S1.27")
def test_a_bound_client_sees_one_professional_only_and_the_page_says_so(
    signed_in: Page,
    shared_service: Service,
    professional: Professional,
    colleague: Professional,
    own_card: Client,
    business: Business,
) -> None:
    only_colleague = factories.make_service(business, "Pilates", professionals=(professional,))
    bind_to_professional(
        client=own_card, professional=colleague, by=factories.SYSTEM, now=factories.NOW
    )
    factories.set_hours(colleague, (900, 1080))
    text = signed_in.client.get(signed_in.url, {"day": "2026-11-24"}).text
    assert "Here you book with <strong>Tomás</strong>." in text
    assert "With whom" not in text
    assert only_colleague.name not in text
    assert ">15:00<" in text
    assert ">10:00<" not in text
    asked = signed_in.client.get(signed_in.url, {"professional": str(professional.pk)}).text
    assert "Here you book with one professional only." in asked
    refused = signed_in.client.post(
        signed_in.url,
        {**signed_in.form(), "start": TUESDAY_TEN, "professional": str(professional.pk)},
    )
    assert refused.status_code == 409
    assert not Appointment.objects.exists()


def test_times_are_read_in_the_zone_of_the_persons_profile(
    signed_in: Page, service: Service, account: Account
) -> None:
    Account.objects.filter(pk=account.pk).update(zone="Asia/Tokyo")
    signed_in.client.cookies["device_zone"] = "America/New_York"
    assert "Tokyo time (JST)" in signed_in.client.get(signed_in.url).text
    chosen = signed_in.client.get(signed_in.url, {"zone": "Europe/Rome"}).text
    assert "Rome time (CET)" in chosen


def test_a_page_that_names_somebody_is_kept_by_nobody_on_the_way(
    signed_in: Page, service: Service
) -> None:
    assert signed_in.client.get(signed_in.url).headers["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in Browser().get(signed_in.url).headers


def test_signing_in_costs_two_queries_besides_the_session(
    page: Page, service: Service, own_card: Client, account: Account
) -> None:
    with CaptureQueriesContext(connection) as as_guest:
        page.client.get(page.url)
    page.client.force_login(account)
    with CaptureQueriesContext(connection) as as_person:
        page.client.get(page.url)
    session_and_account = 2
    assert len(as_person) == len(as_guest) + session_and_account + 2
