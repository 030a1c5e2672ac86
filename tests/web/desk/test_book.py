"""Booking for a client at the desk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    NOW,
    STAFF,
    at,
    book,
    make_client,
    make_guest,
    make_location,
    make_service,
    make_session,
)
from tests.web.desk.reading import ways_back, ways_of

from clientela.booking.actions.overrides import Overrides
from clientela.booking.models import Appointment, Channel
from clientela.people.actions.record_consent import record_consent
from clientela.people.models import Client, How, Identifier, NotifyBy

pytestmark = pytest.mark.django_db
TEN = at("2026-11-24 10:00")
START = "20261124T0900Z"


@pytest.fixture
def page(home):
    return f"{home}book/"


@pytest.fixture
def wish(service, client_card):
    return {"service": str(service.pk), "client": str(client_card.pk), "start": START}


def test_a_client_is_found_by_typing_without_accents(at_desk, page, business, scope):
    make_client(business, "José Ñandú", "jose@example.com")
    for text in ("jose", "nandu", "JOSE@EX"):
        found = at_desk.get(page, {"q": text}).context["found"]
        assert [card.record_name for card, _url, _contact in found] == ["José Ñandú"]
    assert "José Ñandú" in at_desk.get(page + "find/", {"q": "nandu"}).text


def test_nobody_found_leads_to_a_new_card_with_what_was_typed(at_desk, page, service):
    answer = at_desk.get(page, {"q": "nueva@example.com"})
    assert "Nobody is found by “nueva@example.com”" in answer.text
    assert 'value="nueva@example.com"' in answer.text


def test_a_new_card_leads_back_to_the_booking_under_way(at_desk, home, page, service):
    answer = at_desk.post(
        home + "clients/new/",
        {
            "name": "Nueva Clienta",
            "email": "nueva@example.com",
            "phone": "",
            "language": "it",
            "then": "book",
            "service": str(service.pk),
            "day": "2026-11-24",
            "at": "10:00",
        },
    )
    card = Client.objects.get(record_name="Nueva Clienta")
    assert card.language == "it"
    assert (
        answer["Location"]
        == f"{page}?client={card.pk}&service={service.pk}&day=2026-11-24&at=10%3A00"
    )
    assert at_desk.get(answer["Location"]).context["choice"].start == TEN


def test_a_new_card_with_a_wrong_address_keeps_what_was_typed(at_desk, home):
    answer = at_desk.post(
        home + "clients/new/", {"name": "Nueva", "email": "nueva@", "then": "book", "at": "10:00"}
    )
    assert answer.status_code == 422
    assert "does not look like an email" in answer.text
    assert 'value="Nueva"' in answer.text
    assert ("at", "10:00") in answer.context["pairs"]


def test_the_only_service_is_not_asked_and_the_client_comes_first(at_desk, page, service):
    answer = at_desk.get(page, {"start": START})
    assert answer.context["choice"].start == TEN
    assert "Who is it for?" in answer.text
    assert "What Ana" not in answer.text


@pytest.mark.req("S4.22")
def test_before_saving_it_is_said_who_will_be_told_what_and_when(
    at_desk, page, wish, client_card, scope
):
    Identifier.objects.update(verified_at=NOW)
    record_consent(client=client_card, notify_by=NotifyBy.EMAIL, how=How.STAFF, by=STAFF, now=NOW)
    answer = at_desk.get(page, wish)
    assert "What Ana Prueba will get" in answer.text
    said = ways_of(answer)
    assert said["Confirmation", "Email"] == "At once"
    assert said["Reminder 24 hours before", "Email"] == "Mon 23 Nov, 10:00 (Madrid)"
    late = at_desk.get(page, {**wish, "start": "20261123T1000Z"})
    assert ways_of(late)["Reminder 24 hours before", "Email"] == (
        "no, its time had already passed when it was booked or moved"
    )


@pytest.mark.req("S1.45", "L8")
def test_before_saving_it_is_said_who_will_be_told_nothing_and_what_mends_it(at_desk, page, wish):
    answer = at_desk.get(page, wish)
    said = ways_of(answer)
    assert said["Confirmation", "Email"] == "no, the client has not activated the account yet"
    assert ways_back(answer)["Confirmation", "Email"] == "Send the welcome email."


def test_a_client_without_an_address_is_said_to_be_told_nothing(at_desk, page, wish, business):
    card = make_client(business, "Sin Correo", "")
    answer = at_desk.get(page, {**wish, "client": str(card.pk)})
    assert ways_of(answer)["Confirmation", "Email"] == "no, there is no email address"
    assert "no, there is no email address" in answer.text


def test_booking_records_who_did_it_and_the_device(sit, desk, page, wish):
    answer = sit(desk, zone="Europe/Madrid").post(
        page, {**wish, "staff_note": "By phone", "device_zone": "Europe/Madrid"}, follow=True
    )
    assert "Booked: Ana Prueba, Tue 24 Nov, 10:00 (Madrid)." in answer.text
    one = Appointment.objects.get()
    assert (one.starts_at, one.channel, one.door, one.device_zone, one.staff_note) == (
        TEN,
        Channel.STAFF,
        "desk",
        "Europe/Madrid",
        "By phone",
    )


@pytest.mark.req("S4.20")
@pytest.mark.req("S4.21")
def test_a_travelling_device_is_warned_and_both_zones_are_kept(sit, desk, page, wish):
    browser = sit(desk, zone="America/New_York")
    assert (
        "This device is on New York time, the place on Madrid time" in browser.get(page, wish).text
    )
    browser.post(page, {**wish, "device_zone": "America/New_York"})
    one = Appointment.objects.get()
    assert (one.device_zone, one.promised_zone, one.promised_local) == (
        "America/New_York",
        "Europe/Madrid",
        "2026-11-24T10:00",
    )
    panel = browser.get(f"{page.replace('book/', 'appointments/')}{one.pk}/")
    assert "another zone" in panel.text


def test_a_typed_time_is_read_in_the_devices_zone(sit, desk, page, service, client_card):
    answer = sit(desk, zone="America/New_York").get(page, {"day": "2026-11-24", "at": "04:00"})
    assert answer.context["choice"].start == TEN


def test_staff_see_times_within_the_lead_time_and_beyond_the_horizon(
    at_desk, page, business, professional
):
    strict = make_service(
        business, "Strict", professionals=(professional,), lead_minutes=3 * 1440, horizon_days=7
    )
    answer = at_desk.get(page, {"service": str(strict.pk), "day": "2027-03-02"})
    assert answer.context["when"].groups
    assert answer.context["when"].first_free.at == at("2026-11-23 09:00")


def test_an_odd_minute_and_a_past_time_are_the_staffs_to_book(at_desk, page, wish):
    for start in ("20261124T0905Z", "20261120T0900Z"):
        assert at_desk.post(page, {**wish, "start": start}).status_code == 302
    assert Appointment.objects.count() == 2


def test_outside_the_hours_asks_first(at_desk, page, wish):
    wish = {**wish, "start": "20261124T2000Z"}
    asked = at_desk.post(page, wish)
    assert asked.status_code == 409
    assert "It is outside the hours" in asked.text
    assert not Appointment.objects.exists()
    assert at_desk.post(page, {**wish, "override": "1"}).status_code == 302
    assert Appointment.objects.get().starts_at == at("2026-11-24 21:00")


def test_a_taken_time_is_never_booked_and_the_nearest_are_offered(at_desk, page, wish, service):
    book(service, TEN)
    for more in ({}, {"override": "1"}):
        answer = at_desk.post(page, {**wish, **more})
        assert answer.status_code in {409, 422}
        assert "Irene has another appointment then." in answer.text
        assert answer.context["when"].nearest
    assert Appointment.objects.count() == 1


def test_an_override_books_the_one_who_is_only_closed_never_the_one_who_is_busy(
    at_desk, page, shared_service, client_card, professional, colleague
):
    evening = at("2026-11-24 20:00")
    book(
        shared_service,
        evening,
        professional=professional,
        by=STAFF,
        overrides=Overrides(outside_hours=True),
    )
    wish = {
        "service": str(shared_service.pk),
        "client": str(client_card.pk),
        "start": "20261124T1900Z",
        "override": "1",
    }
    assert at_desk.post(page, wish).status_code == 302
    assert Appointment.objects.get(client=client_card).professional == colleague


def test_what_is_missing_is_said_and_nothing_is_booked(at_desk, page, service, client_card):
    answer = at_desk.post(page, {"service": str(service.pk)})
    assert answer.status_code == 422
    assert "Choose who it is for." in answer.text
    assert "Choose a time first." in answer.text
    assert not Appointment.objects.exists()


def test_the_same_form_sent_twice_is_one_booking(at_desk, page, wish):
    for _turn in range(2):
        assert at_desk.post(page, {**wish, "key": "once"}).status_code == 302
    assert Appointment.objects.count() == 1


def test_a_series_books_what_it_can_and_reports_the_rest(at_desk, page, wish, service):
    book(service, at("2026-12-08 10:00"))
    answer = at_desk.post(page, {**wish, "count": "4", "every_weeks": "1"})
    assert answer.status_code == 200
    assert "3 appointments booked for Ana Prueba" in answer.text
    assert [when for when, _why in answer.context["refused"]] == ["Tue 8 Dec, 10:00 (Madrid)"]


def test_a_series_of_which_nothing_can_be_had_books_nothing(at_desk, page, wish, service):
    for day in ("01", "08"):
        book(service, at(f"2026-12-{day} 10:00"), client=make_guest(day, f"d{day}@example.com"))
    answer = at_desk.post(
        page, {**wish, "start": "20261201T0900Z", "count": "2", "every_weeks": "1"}
    )
    assert answer.status_code in {409, 422}
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize(
    "times", [{"count": "60"}, {"count": "0"}, {"count": "x"}, {"count": "52", "every_weeks": "12"}]
)
def test_a_series_too_long_or_odd_is_refused_beside_its_field(at_desk, page, wish, times):
    assert at_desk.post(page, {**wish, **times}).status_code == 422
    assert not Appointment.objects.exists()


def test_a_seat_of_a_group_is_booked(at_desk, page, business, professional, client_card):
    group = make_service(business, "Pilates", professionals=(professional,), capacity=4)
    session = make_session(group, TEN)
    at_desk.post(page, {"service": str(group.pk), "client": str(client_card.pk), "start": START})
    assert Appointment.objects.get().session == session


def test_another_place_is_chosen_among_several(at_desk, page, business, service):
    make_location(business)
    assert [place.name for place, _url, _now in at_desk.get(page).context["places"]][-1] == "Second"


def test_a_professional_books_for_themselves_only(
    sit, professional_member, page, shared_service, client_card, professional, colleague
):
    browser = sit(professional_member)
    wish = {
        "service": str(shared_service.pk),
        "client": str(client_card.pk),
        "start": START,
        "professional": str(colleague.pk),
    }
    assert browser.get(page, wish).context["people"] == []
    browser.post(page, wish)
    assert Appointment.objects.get().professional == professional


@pytest.mark.parametrize(
    "query",
    [
        {"service": "x"},
        {"client": "x"},
        {"start": "x"},
        {"day": "0001-01-01", "at": "99:99"},
        {"q": "%" * 300},
    ],
)
def test_odd_addresses_still_show_the_page(at_desk, page, service, query):
    assert at_desk.get(page, query).status_code == 200


def test_many_cards_and_services_cost_no_more_queries(
    at_desk, page, business, service, professional, client_card
):
    wish = {"service": str(service.pk), "client": str(client_card.pk), "start": START}
    at_desk.get(page, wish)
    counted = []
    for number in range(3):
        make_client(business, f"Ana {number}", f"n{number}@example.com")
        make_service(business, f"Further {number}", professionals=(professional,))
        if number in {0, 2}:
            for query in (wish, {"q": "ana"}):
                with CaptureQueriesContext(connection) as caught:
                    at_desk.get(page, query)
                counted.append(len(caught))
    assert counted[:2] == counted[2:], counted
    assert max(counted) <= 30, counted
