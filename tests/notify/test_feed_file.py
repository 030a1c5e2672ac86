"""A person's feed: one event for each appointment, the same events as the mails' files, and no secret."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from icalendar import Calendar
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.factories import NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.renew_calendar_feed import renew_calendar_feed
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.links import token_of
from clientela.booking.models import Appointment
from clientela.booking.queries.calendar_feed import feed_appointments
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.calendar_file import PROPERTIES, calendar_file
from clientela.notify.feed_file import feed_file
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

TUESDAY_TEN = at("2026-11-24 10:00")
FRIDAY_NINE = at("2026-11-27 09:00")


@pytest.fixture
def scope(db: None) -> Iterator[Business]:
    """A business whose every row was made by the shipped actions, in its scope."""
    business = factories.make_business()
    with business_scope(business.pk):
        yield business


@pytest.fixture
def service(scope: Business) -> Service:
    """Physiotherapy by Irene."""
    return factories.make_service(
        scope, professionals=(factories.make_professional(scope, "Irene"),)
    )


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in."""
    return proved_account("ana@example.com", "Ana Prueba")


@pytest.fixture
def card(scope: Business, ana: Account) -> Client:
    """Ana's card at Fisio Retiro."""
    return own_card(factories.make_client(scope), ana)


def feed_of(account: Account) -> bytes:
    token = renew_calendar_feed(account=account, by=Actor.client(account.pk), now=NOW)
    contents = feed_appointments(token=token, now=NOW)
    assert contents is not None
    return feed_file(contents=contents)


def events(file: bytes) -> list[dict[str, object]]:
    return [
        {name: event[name] for name in event} for event in Calendar.from_ical(file).walk("VEVENT")
    ]


def test_one_event_for_each_appointment_the_cancelled_ones_as_such(
    service: Service, card: Client, ana: Account
) -> None:
    kept = book(service, TUESDAY_TEN, client=card, by=STAFF).appointment
    kept = reschedule_appointment(
        appointment=kept, starts_at=FRIDAY_NINE, by=STAFF, door="desk", now=NOW
    )
    off = book(service, TUESDAY_TEN, client=card, by=STAFF).appointment
    cancel_appointment(appointment=off, by=STAFF, door="desk", now=NOW)
    found = {str(event["UID"]).partition("@")[0]: event for event in events(feed_of(ana))}
    assert set(found) == {str(kept.pk), str(off.pk)}
    assert (found[str(kept.pk)]["STATUS"], found[str(kept.pk)]["SEQUENCE"]) == ("CONFIRMED", 1)
    assert found[str(off.pk)]["STATUS"] == "CANCELLED"
    assert found[str(off.pk)]["SEQUENCE"] == 1


def test_an_event_corrects_the_one_that_the_mails_file_made(
    service: Service, card: Client, ana: Account
) -> None:
    row = book(service, TUESDAY_TEN, client=card, by=STAFF).appointment
    (ours,) = events(feed_of(ana))
    (mailed,) = events(calendar_file(appointment=row, now=NOW, language="en"))
    same = set(PROPERTIES) - {"URL", "DESCRIPTION", "SUMMARY"}
    assert {name: str(ours[name]) for name in same} == {name: str(mailed[name]) for name in same}
    assert ours["DTSTART"].dt == mailed["DTSTART"].dt


def test_the_feed_holds_no_manage_link_but_the_persons_own_page(
    service: Service, card: Client, ana: Account
) -> None:
    row = book(service, TUESDAY_TEN, client=card, by=STAFF).appointment
    file = feed_of(ana).replace(b"\r\n ", b"")
    assert token_of(Appointment.objects.get()).encode() not in file
    assert f"/client/appointments/{row.pk}/".encode() in file


def test_every_zone_brings_its_rules(service: Service, card: Client, ana: Account) -> None:
    book(service, TUESDAY_TEN, client=card, by=STAFF)
    elsewhere = factories.make_business("oficina-ny", zone="America/New_York")
    with business_scope(elsewhere.pk):
        person = factories.make_professional(elsewhere, "Nora")
        other = factories.make_service(elsewhere, "Consulta", professionals=(person,))
        own = own_card(factories.make_client(elsewhere), ana)
        book(other, at("2026-11-24 10:00", "America/New_York"), client=own, by=STAFF)
    calendar = Calendar.from_ical(feed_of(ana))
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    assert zones == {"Europe/Madrid", "America/New_York"}
    starts = sorted(event["DTSTART"].dt for event in calendar.walk("VEVENT"))
    assert starts == [TUESDAY_TEN, at("2026-11-24 10:00", "America/New_York")]


def test_the_same_contents_are_the_same_bytes_and_no_contents_are_a_calendar(
    service: Service, card: Client, ana: Account
) -> None:
    assert events(feed_of(ana)) == []
    book(service, TUESDAY_TEN, client=card, by=STAFF)
    assert feed_of(ana) == feed_of(ana)
    assert all(len(line) <= 75 for line in feed_of(ana).split(b"\r\n"))


def test_it_speaks_the_persons_language(service: Service, card: Client, ana: Account) -> None:
    book(service, TUESDAY_TEN, client=card, by=STAFF)
    ana.language = "es"
    ana.save()
    assert "Con Irene" in feed_of(ana).decode()


def test_a_year_ahead_is_in_and_a_season_behind_is_out(
    service: Service, card: Client, ana: Account
) -> None:
    book(service, TUESDAY_TEN, client=card, by=STAFF)
    token = renew_calendar_feed(account=ana, by=Actor.client(ana.pk), now=NOW)
    for days, number in ((0, 1), (89, 1), (92, 0)):
        contents = feed_appointments(token=token, now=TUESDAY_TEN + timedelta(days=days))
        assert contents is not None
        assert len(contents.appointments) == number
