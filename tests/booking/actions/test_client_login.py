"""Client login: off, optional, required; who may book is decided in the action, whatever door they use."""

from __future__ import annotations

from typing import Literal

import pytest
from tests import factories
from tests.booking.facts import proved_account
from tests.cast import Person
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.actions.book_series import book_series
from clientela.booking.errors import LoginRequired, SlotTaken
from clientela.booking.guest import Guest
from clientela.booking.models import Appointment, Channel
from clientela.business.models import BookingPolicy, Business, ClientLogin
from clientela.catalogue.models import Service
from clientela.people.models import Client, Consent, How
from clientela.platform.actor import Actor

TUESDAY_TEN = at("2026-11-24 10:00")
PROGRAM = Actor.api("a program with a token")


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in, proved."""
    return proved_account("ana@example.com", "Ana Prueba")


def set_mode(business: Business, mode: ClientLogin) -> None:
    BookingPolicy.objects.filter(business=business).update(client_login=mode)


def book_signed_in(
    service: Service,
    account: Account,
    *,
    client: Client | Guest | None = None,
    key: str | None = None,
) -> Booked:
    return book_appointment(
        business=service.business,
        service=service,
        starts_at=TUESDAY_TEN,
        client=client,
        account=account,
        by=Actor.client(account.pk),
        channel=Channel.WEB,
        door="booking-page",
        idempotency_key=key,
        now=NOW,
    )


WHO = {"guest": GUEST, "staff": STAFF, "program": PROGRAM}


@pytest.mark.req("S2.5", "S3.9", "S3.10", "S3.11", "S3.12")
@pytest.mark.parametrize("mode", list(ClientLogin))
@pytest.mark.parametrize("who", list(WHO))
def test_only_a_guest_is_refused_and_only_where_a_log_in_is_required(
    service: Service, mode: ClientLogin, who: Literal["guest", "staff", "program"]
) -> None:
    set_mode(service.business, mode)
    if mode is ClientLogin.REQUIRED and who == "guest":
        with pytest.raises(LoginRequired) as refused:
            book(service, TUESDAY_TEN, by=WHO[who])
        assert refused.value.reason == "login-required"
        assert not Appointment.objects.exists()
        assert not Client.objects.exists()
    else:
        assert book(service, TUESDAY_TEN, by=WHO[who]).appointment.starts_at == TUESDAY_TEN


@pytest.mark.req("S3.12")
def test_a_series_of_a_guest_is_refused_where_a_log_in_is_required(service: Service) -> None:
    set_mode(service.business, ClientLogin.REQUIRED)
    with pytest.raises(LoginRequired):
        book_series(
            business=service.business,
            service=service,
            starts_at=TUESDAY_TEN,
            every_weeks=1,
            count=2,
            on_conflict="all",
            client=factories.make_guest(),
            by=GUEST,
            channel=Channel.WEB,
            door="booking-page",
            now=NOW,
        )
    assert not Appointment.objects.exists()


@pytest.mark.req("S3.12", "S3.13")
@pytest.mark.parametrize("mode", [ClientLogin.OPTIONAL, ClientLogin.REQUIRED])
def test_who_is_signed_in_books_on_their_own_card(
    service: Service, ana: Account, mode: ClientLogin
) -> None:
    set_mode(service.business, mode)
    row = book_signed_in(service, ana).appointment
    assert (row.account, row.client.account, row.client.record_name) == (ana, ana, "Ana Prueba")
    assert row.client.activated_at == NOW
    assert Consent.objects.get().how == How.BOOKING


def test_what_is_typed_by_who_is_signed_in_makes_no_other_card(
    service: Service, ana: Account
) -> None:
    typed = Guest("Somebody Else", "else@example.com")
    row = book_signed_in(service, ana, client=typed).appointment
    assert row.client == Client.objects.get()
    assert row.client.record_name == "Ana Prueba"


@pytest.mark.req("S3.10")
def test_where_log_ins_are_off_who_is_signed_in_is_a_guest(service: Service, ana: Account) -> None:
    set_mode(service.business, ClientLogin.OFF)
    row = book_signed_in(service, ana, client=Guest("Ana Prueba", "ana@example.com")).appointment
    assert (row.account, row.client.account) == (None, None)
    assert row.client.record_name == "Ana Prueba"


def test_where_log_ins_are_off_the_account_says_who_the_guest_is(
    service: Service, ana: Account
) -> None:
    set_mode(service.business, ClientLogin.OFF)
    row = book_signed_in(service, ana).appointment
    assert (row.account, row.client.account) == (None, None)
    assert (row.client.record_name, row.address_used) == ("Ana Prueba", "ana@example.com")


def test_a_booking_that_fails_leaves_no_card_behind(service: Service, ana: Account) -> None:
    book(service, TUESDAY_TEN)
    cards, words = Client.objects.count(), Consent.objects.count()
    with pytest.raises(SlotTaken) as refused:
        book_signed_in(service, ana)
    assert refused.value.alternatives
    assert (Client.objects.count(), Consent.objects.count()) == (cards, words)


def test_the_same_key_of_who_is_signed_in_books_once(service: Service, ana: Account) -> None:
    first = book_signed_in(service, ana, key="k")
    again = book_signed_in(service, ana, key="k")
    assert (again.replayed, again.appointment) == (True, first.appointment)


def test_an_account_of_the_staff_is_a_client_like_any_other(service: Service, desk: Person) -> None:
    row = book_signed_in(service, desk.account).appointment
    assert row.client.account == desk.account


def test_a_signed_in_booking_without_an_account_is_a_mistake_of_the_door(service: Service) -> None:
    with pytest.raises(TypeError):
        book(service, TUESDAY_TEN, by=Actor.client(service.pk))
