"""The secret address of a feed: renewed it dies at once, and "nothing new" costs no appointment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.booking.facts import own_card, proved_account
from tests.factories import NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.end_calendar_feed import end_calendar_feed
from clientela.booking.actions.hide_appointment import hide_appointment
from clientela.booking.actions.renew_calendar_feed import renew_calendar_feed
from clientela.booking.models import Appointment, CalendarFeed
from clientela.booking.queries.calendar_feed import feed_appointments, feed_state, feed_token
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent

TUESDAY_TEN = at("2026-11-24 10:00")
FRIDAY_NINE = at("2026-11-27 09:00")


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in."""
    return proved_account("ana@example.com", "Ana Prueba")


@pytest.fixture
def card(client_card: Client, ana: Account) -> Client:
    """Ana's card at Fisio Retiro."""
    return own_card(client_card, ana)


def renew(account: Account) -> str:
    return renew_calendar_feed(account=account, by=Actor.client(account.pk), now=NOW)


def end(account: Account) -> bool:
    return end_calendar_feed(account=account, by=Actor.client(account.pk), now=NOW)


def etag(token: str, *, days: int = 0) -> str:
    state = feed_state(token=token, now=NOW + timedelta(days=days))
    assert state is not None
    return state.etag


def read(token: str) -> list[Appointment]:
    contents = feed_appointments(token=token, now=NOW)
    assert contents is not None
    return list(contents.appointments)


def test_the_secret_is_derived_and_stored_only_hashed(ana: Account) -> None:
    assert feed_token(account=ana) is None
    token = renew(ana)
    assert feed_token(account=ana) == token
    assert len(token) * 6 >= 128
    assert token not in {str(value) for value in CalendarFeed.objects.values_list().get()}


def test_a_renewed_address_ends_the_old_one_at_once(ana: Account) -> None:
    old = renew(ana)
    new = renew(ana)
    assert old != new
    assert feed_appointments(token=old, now=NOW) is None
    assert feed_state(token=old, now=NOW) is None
    assert read(new) == []
    assert feed_token(account=ana) == new


def test_an_ended_feed_answers_nobody(ana: Account) -> None:
    token = renew(ana)
    assert end(ana) is True
    assert end(ana) is False
    assert feed_state(token=token, now=NOW) is None
    assert feed_token(account=ana) is None
    lines = AuditEvent.objects.order_by("id").values_list("action", flat=True)
    assert list(lines)[-2:] == ["calendar-feed-made", "calendar-feed-ended"]


@pytest.mark.parametrize("token", ["", "x", "../" * 9, "A" * 27, "ñ" * 27])
def test_no_other_address_answers(ana: Account, token: str) -> None:
    renew(ana)
    assert feed_state(token=token, now=NOW) is None


def test_an_account_that_is_shut_has_no_feed(ana: Account) -> None:
    token = renew(ana)
    Account.objects.filter(pk=ana.pk).update(is_active=False)
    assert feed_state(token=token, now=NOW) is None


def test_it_holds_the_persons_own_and_what_is_off_but_not_what_they_deleted(
    service: Service, card: Client, ana: Account
) -> None:
    token = renew(ana)
    kept, off, deleted = (
        book(service, start, client=card, by=STAFF).appointment
        for start in (FRIDAY_NINE, TUESDAY_TEN, at("2026-11-25 09:00"))
    )
    book(service, at("2026-11-26 09:00"))  # somebody else's
    for one in (off, deleted):
        cancel_appointment(appointment=one, by=STAFF, door="desk", now=NOW)
    hide_appointment(appointment=deleted, by=Actor.client(ana.pk), now=NOW)
    assert [one.pk for one in read(token)] == [off.pk, kept.pk]


def test_every_change_changes_the_word_and_nothing_else_does_within_a_day(
    service: Service, card: Client, ana: Account
) -> None:
    token = renew(ana)
    words = [etag(token)]
    row = book(service, TUESDAY_TEN, client=card, by=STAFF).appointment
    words.append(etag(token))
    later = NOW + timedelta(minutes=1)
    cancel_appointment(appointment=row, by=STAFF, door="desk", now=later)
    words.append(etag(token))
    hide_appointment(appointment=row, by=Actor.client(ana.pk), now=later)
    words.append(etag(token))
    assert len(set(words)) == 3  # empty, booked, cancelled, and empty as in the beginning
    assert words[0] == words[3]
    assert etag(token, days=1) != etag(token)


def test_nothing_new_is_said_without_reading_an_appointment(
    service: Service, card: Client, ana: Account
) -> None:
    token = renew(ana)
    for start in (TUESDAY_TEN, FRIDAY_NINE):
        book(service, start, client=card, by=STAFF)
    with CaptureQueriesContext(connection) as seen:
        etag(token)
    assert len(seen) == 2
    assert "COUNT(" in seen[-1]["sql"]
    with CaptureQueriesContext(connection) as seen:
        assert len(read(token)) == 2
    assert len(seen) == 3


def test_the_database_keeps_one_living_address_for_a_person(ana: Account) -> None:
    renew(ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(account=ana, nonce="n", digest="d", created_at=NOW)
