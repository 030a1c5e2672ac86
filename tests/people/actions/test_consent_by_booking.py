"""Whose booking is their word that messages about it may come, and whose is not."""

from __future__ import annotations

import pytest
from tests.factories import GUEST, NOW, STAFF, SYSTEM, at, book, make_client, make_guest

from clientela.booking.actions.book_series import book_series
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, Consent, NotifyBy
from clientela.platform.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scope"), pytest.mark.req("L14")]

TEN, NOON = at("2026-11-24 10:00"), at("2026-11-24 12:00")


def words() -> list[tuple[str, str, str]]:
    rows = Consent.objects.order_by("at", "id")
    return list(rows.values_list("how", "purpose", "notify_by"))


def test_a_guest_who_books_has_said_it_once_however_often_they_book(service: Service) -> None:
    book(service, TEN)
    book(service, NOON)
    assert words() == [("booking", "appointments", "email")]
    (said,) = Consent.objects.all()
    assert (said.client, said.at) == (Appointment.objects.all()[0].client, NOW)


def test_a_program_with_a_token_passes_the_word_on(service: Service) -> None:
    book(service, TEN, by=Actor.api("form"), channel=Channel.API)
    assert words() == [("api", "appointments", "email")]


def test_a_card_that_a_program_books_for_gets_its_word_too(
    service: Service, business: Business
) -> None:
    ana = make_client(business)
    for start in (TEN, NOON):
        book(service, start, client=ana, by=Actor.api("form"), channel=Channel.API)
    assert words() == [("api", "appointments", "email")]


@pytest.mark.parametrize("by", [STAFF, SYSTEM])
def test_what_the_staff_book_is_nobodys_word(
    service: Service, business: Business, by: Actor
) -> None:
    book(service, TEN, client=make_client(business), by=by, channel=Channel.STAFF)
    book(service, NOON, client=make_guest(), by=by, channel=Channel.STAFF)
    assert words() == []


def test_a_booking_turns_nothing_on_again_that_was_turned_off(service: Service) -> None:
    book(service, TEN)
    card = Client.objects.get()
    set_preferences(client=card, notify_by=NotifyBy.NONE, how="stop-link", by=GUEST, now=NOW)
    book(service, NOON)
    assert words() == [("booking", "appointments", "email"), ("stop-link", "appointments", "none")]


def test_a_series_is_one_word(service: Service, business: Business) -> None:
    book_series(
        business=business,
        service=service,
        starts_at=TEN,
        every_weeks=1,
        count=3,
        on_conflict="all",
        client=make_guest(),
        by=GUEST,
        channel=Channel.WEB,
        door="booking-page",
        now=NOW,
    )
    assert len(words()) == 1


def test_the_number_that_a_guest_typed_is_kept_as_numbers_are(service: Service) -> None:
    from clientela.booking.guest import Guest  # noqa: PLC0415 -- one use

    guest = Guest("Luz Prueba", "luz@example.com", "+34 612 34 56 78")
    assert book(service, TEN, client=guest).appointment.phone_used == "+34612345678"
    assert book(service, NOON).appointment.phone_used == ""
