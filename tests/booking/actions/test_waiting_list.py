"""The waiting list: who gives a time up makes it somebody's news, in turn, once, and nothing is held."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.booking.waiting import (
    TEN,
    TUESDAY,
    cancelled,
    minutes,
    only_open_at_ten,
    waits,
    wish_for,
)
from tests.factories import GUEST, NOW, STAFF, SYSTEM, at, book, hold, make_guest

from clientela.booking.actions.end_hold import end_hold
from clientela.booking.actions.join_waiting_list import MOST_AT_ONCE, join_waiting_list
from clientela.booking.actions.leave_waiting_list import end_past_waits, leave_waiting_list
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.errors import LoginRequired, WaitRefused
from clientela.booking.models import WaitingEntry, WaitingOffer
from clientela.booking.waiting_links import entry_by_token, wait_path
from clientela.business.models import BookingPolicy, Business, ClientLogin, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.erase_card import erase_card
from clientela.people.models import Client, Consent
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent, OutboxEvent
from clientela.platform.tenancy import business_scope, system_scope
from clientela.platform.worker import run_once
from clientela.schedule.actions.add_time_off import add_time_off
from clientela.schedule.actions.remove_time_off import remove_time_off


def settled() -> list[tuple[str, str, datetime]]:
    """Every turn: state, why not, and its start, in the order in which they come."""
    rows = WaitingOffer.objects.order_by("tell_at", "id")
    return [(one.state, one.because, one.starts_at) for one in rows]


def told() -> list[str]:
    """Who was told, in order."""
    rows = WaitingOffer.objects.filter(state="told").order_by("settled_at", "tell_at")
    return [one.entry.client.record_name for one in rows.select_related("entry__client")]


@pytest.fixture
def one_slot(service: Service, professional: Professional) -> Service:
    """A service that can be had once a day, at ten."""
    only_open_at_ten(professional)
    return service


def queue(service: Service, *names: str) -> list[WaitingEntry]:
    """Let these wait, in this order."""
    return [
        waits(service, make_guest(name, f"{name}@example.com"), now=NOW - minutes(60 - place))
        for place, name in enumerate(names)
    ]


def test_a_cancelled_time_is_told_in_turn_while_it_is_free(one_slot: Service) -> None:
    booked = book(one_slot, TEN).appointment
    queue(one_slot, "first", "second", "third")
    cancelled(booked)
    run_once(NOW)
    assert told() == ["first"]
    run_once(NOW + minutes(29))
    assert told() == ["first"]
    run_once(NOW + minutes(30))
    assert told() == ["first", "second"]
    book(one_slot, TEN, client=make_guest("first", "first@example.com"), now=NOW + minutes(31))
    run_once(NOW + minutes(60))
    assert [(state, because) for state, because, _at in settled()] == [
        ("told", ""), ("told", ""), ("lapsed", "taken"),
    ]  # fmt: skip
    assert WaitingEntry.objects.get(client__record_name="first").state == "booked"


def test_each_start_is_told_once_however_often_it_becomes_free(one_slot: Service) -> None:
    waits(one_slot)
    for minute in (0, 40):
        other = make_guest("Somebody", "somebody@example.com")
        cancelled(book(one_slot, TEN, client=other, now=NOW).appointment)
        run_once(NOW + minutes(minute))
    assert len(told()) == 1


def test_who_gives_the_time_up_is_not_told_of_it(one_slot: Service, client_card: Client) -> None:
    booked = book(one_slot, TEN, client=client_card, by=STAFF).appointment
    waits(one_slot, client_card, by=STAFF)
    cancelled(booked)
    run_once(NOW)
    assert settled() == []


def test_whom_it_does_not_suit_is_not_told(one_slot: Service, colleague: Professional) -> None:
    factories.make_service(one_slot.business, "Other", professionals=(colleague,))
    booked = book(one_slot, TEN).appointment
    waits(one_slot, make_guest("late", "late@example.com"), from_minute=16 * 60)
    waits(one_slot, make_guest("thursday", "t@example.com"), first_day=date(2026, 11, 26))
    waits(one_slot, make_guest("yes", "yes@example.com"), first_day=TUESDAY, last_day=TUESDAY)
    cancelled(booked)
    run_once(NOW)
    assert told() == ["yes"]
    assert len(settled()) == 1


def test_a_move_a_hold_that_ends_and_an_absence_taken_back_free_a_time_too(
    one_slot: Service, professional: Professional
) -> None:
    moved = book(one_slot, TEN).appointment
    held = hold(one_slot, at("2026-11-25 10:00"), client=make_guest("Payer", "p@x.org")).appointment
    off = add_time_off(
        resource=professional.resource,
        starts_at=at("2026-11-26 00:00"),
        ends_at=at("2026-11-27 00:00"),
        by=SYSTEM,
        now=NOW,
    )
    waits(one_slot, make_guest("waiting", "w@example.com"))
    reschedule_appointment(
        appointment=moved, starts_at=at("2026-12-01 10:00"), by=SYSTEM, door="test", now=NOW
    )
    end_hold(appointment=held, by=SYSTEM, now=NOW)
    remove_time_off(time_off=off, by=SYSTEM, now=NOW)
    run_once(NOW)
    assert [at_ for _s, _b, at_ in settled()] == [
        TEN, at("2026-11-25 10:00"), at("2026-11-26 10:00"),
    ]  # fmt: skip
    assert [state for state, _b, _a in settled()] == ["told"] * 3


def test_nobody_is_told_more_than_five_times_a_day(service: Service) -> None:
    waits(service, make_guest("waiting", "w@example.com"))
    for hour in range(10, 17):
        if hour == 13:
            continue
        cancelled(book(service, at(f"2026-11-25 {hour}:00")).appointment)
        run_once(NOW)
    assert [(state, because) for state, because, _a in settled()] == [
        *[("told", "")] * 5, ("lapsed", "enough-today"),
    ]  # fmt: skip


def test_who_has_left_is_not_told_when_their_turn_comes(one_slot: Service) -> None:
    booked = book(one_slot, TEN).appointment
    _first, second = queue(one_slot, "first", "second")
    cancelled(booked)
    run_once(NOW)
    for _ in range(2):
        leave_waiting_list(entry=second, by=GUEST, now=NOW)
    run_once(NOW + minutes(30))
    assert told() == ["first"]
    assert settled()[1][:2] == ("lapsed", "not-waiting")
    assert AuditEvent.objects.filter(action="waiting-list-left").count() == 1


def test_booking_it_in_those_days_ends_the_wait_and_on_another_day_does_not(
    service: Service, client_card: Client
) -> None:
    entry = waits(service, client_card, by=STAFF)
    book(service, at("2026-12-01 10:00"), client=client_card, by=STAFF)
    run_once(NOW)
    entry.refresh_from_db()
    assert entry.state == "waiting"
    book(service, TEN, client=client_card, by=STAFF)
    run_once(NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.ended_at) == ("booked", NOW)


def test_a_wait_ends_after_the_midnight_of_its_last_day_at_the_place(service: Service) -> None:
    entry = waits(service, last_day=TUESDAY)
    with system_scope("test"):
        assert end_past_waits(now=at("2026-11-24 23:59")) == 0
        assert end_past_waits(now=at("2026-11-25 00:00")) == 1
    entry.refresh_from_db()
    assert entry.state == "ended"


def test_the_same_wish_twice_is_one_and_a_sixth_is_too_many(
    service: Service, client_card: Client
) -> None:
    first = waits(service, client_card, by=STAFF)
    assert waits(service, client_card, by=STAFF).pk == first.pk
    for number in range(1, MOST_AT_ONCE):
        waits(service, client_card, by=STAFF, from_minute=number * 60)
    with pytest.raises(WaitRefused, match="too-many-waits"):
        waits(service, client_card, by=STAFF, from_minute=600)
    assert WaitingEntry.objects.count() == MOST_AT_ONCE


def test_a_guest_is_never_told_how_much_is_kept_for_an_address(service: Service) -> None:
    for number in range(MOST_AT_ONCE):
        waits(service, from_minute=number * 60)
    sixth = join_waiting_list(
        wish=wish_for(service, from_minute=600), client=make_guest(), by=GUEST, now=NOW
    )
    assert sixth is None
    assert WaitingEntry.objects.count() == MOST_AT_ONCE


def test_a_guests_wait_is_their_word_that_messages_may_come(service: Service) -> None:
    entry = waits(service)
    said = Consent.objects.get(client=entry.client)
    assert (said.purpose, said.how) == ("appointments", "booking")
    assert (entry.address_used, entry.joined_by) == ("luz@example.com", "guest")


def test_a_person_signed_in_waits_with_their_own_card(
    service: Service, client_card: Client
) -> None:
    account = proved_account("ana@example.com", "Ana Prueba")
    own_card(client_card, account)
    entry = waits(service, account=account, by=Actor.client(account.pk))
    assert (entry.client, entry.joined_by) == (client_card, "client")


def test_a_client_bound_to_one_professional_waits_for_that_one(
    shared_service: Service, client_card: Client, colleague: Professional
) -> None:
    Client.objects.filter(pk=client_card.pk).update(bound_to=colleague)
    assert waits(shared_service, client_card, by=STAFF).professional_id == colleague.pk


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"last_day": date(2026, 11, 22)}, "wait-days-refused"),
        ({"first_day": date(2026, 11, 28), "last_day": date(2026, 11, 27)}, "wait-days-refused"),
        ({"last_day": date(2027, 3, 1)}, "wait-days-refused"),
        ({"from_minute": 600, "until_minute": 600}, "wait-hours-refused"),
        ({"until_minute": 1445}, "wait-hours-refused"),
    ],
)
def test_days_and_hours_run_forward(service: Service, values: dict, reason: str) -> None:
    with pytest.raises(WaitRefused, match=reason):
        waits(service, **values)


def test_nobody_waits_for_what_clients_cannot_book(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(is_online=False)
    service.refresh_from_db()
    with pytest.raises(WaitRefused, match="wait-not-offered"):
        waits(service)


def test_where_a_log_in_is_required_no_guest_waits(service: Service) -> None:
    BookingPolicy.objects.filter(business=service.business).update(
        client_login=ClientLogin.REQUIRED
    )
    with pytest.raises(LoginRequired):
        waits(service)


def test_the_link_opens_the_entry_of_its_own_business_only(
    service: Service, next_door: Business
) -> None:
    entry = waits(service)
    token = wait_path(entry).rstrip("/").rpartition("/")[2]
    assert entry_by_token(token) == entry
    assert entry_by_token(token[:-1] + "x") is None
    assert entry_by_token("../x") is None
    with business_scope(next_door.pk):
        assert entry_by_token(token) is None


def test_who_is_erased_waits_no_longer_and_their_link_opens_nothing(service: Service) -> None:
    entry = waits(service)
    token = wait_path(entry).rstrip("/").rpartition("/")[2]
    erase_card(card=entry.client, because="asked", by=SYSTEM, now=NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.address_used) == ("left", "")
    assert entry_by_token(token) is None


def test_two_workers_tell_once(one_slot: Service) -> None:
    booked = book(one_slot, TEN).appointment
    queue(one_slot, "only")
    cancelled(booked)
    for _ in range(2):
        run_once(NOW)
    assert OutboxEvent.objects.filter(name="booking.FreedTimeOffered").count() == 1
