"""The calendar: what stands where, in which zone, for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    NOW,
    STAFF,
    SYSTEM,
    at,
    book,
    make_account,
    make_guest,
    make_location,
    make_member,
    make_room,
    make_service,
    make_session,
)

from clientela.booking.actions.overrides import Overrides
from clientela.business.models import Role
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.schedule.actions.add_closure import add_closure
from clientela.schedule.actions.add_time_off import add_time_off

pytestmark = pytest.mark.django_db
TUESDAY = "?day=2026-11-24"


def test_an_appointment_stands_in_its_professionals_column_at_its_time(
    at_desk, home, service, professional
):
    book(service, at("2026-11-24 10:00"))
    page = at_desk.get(home + TUESDAY)
    assert "t-1000 m-30" in page.text
    grid = page.context["grid"]
    assert [column.name for column in grid.grids[0]] == ["Irene"]
    assert [card.card.who for card in grid.grids[0][0].cards] == ["Luz Prueba"]
    assert 'aria-label="Irene, Tue 24 Nov"' in page.text


def test_the_list_says_the_same_as_the_grid(at_desk, home, service):
    book(service, at("2026-11-24 10:00"))
    page = at_desk.get(home + TUESDAY)
    assert [entry.who for entry in page.context["listed"].entries] == ["Luz Prueba"]
    assert "Madrid time (CET)" in page.text


@pytest.mark.req("S4.14")
def test_the_calendar_is_read_in_the_zone_of_the_device_and_names_it(sit, desk, home, service):
    book(service, at("2026-11-24 10:00"))
    page = sit(desk, zone="America/New_York").get(home + TUESDAY)
    assert "t-0400 m-30" in page.text
    assert "New York time (EST)" in page.text
    assert "Times are those of this device: New York" in page.text


@pytest.mark.req("S4.15")
def test_another_device_zone_shows_another_time_of_the_same_appointment(sit, desk, home, service):
    book(service, at("2026-11-24 10:00"))
    shown = {
        zone: sit(desk, zone=zone).get(home + TUESDAY).context["grid"].grids[0][0].cards[0].minute
        for zone in ("Europe/Madrid", "Europe/London", "Asia/Tokyo")
    }
    assert shown == {"Europe/Madrid": 600, "Europe/London": 540, "Asia/Tokyo": 1080}


def test_a_device_without_a_zone_or_with_nonsense_reads_the_places(sit, desk, home, service):
    book(service, at("2026-11-24 10:00"))
    assert "t-1000" in sit(desk, zone="Mars/Olympus").get(home + TUESDAY).text


def test_closed_stretches_say_why(at_desk, home, service, professional):
    add_time_off(
        resource=professional.resource,
        starts_at=at("2026-11-24 16:00"),
        ends_at=at("2026-11-24 17:00"),
        reason="Dentist",
        by=SYSTEM,
        now=NOW,
    )
    book(service, at("2026-11-24 08:00"), by=_staff(), overrides=_outside())
    page = at_desk.get(home + TUESDAY)
    words = [(off.minute, off.lasts, off.words) for off in page.context["grid"].grids[0][0].offs]
    assert words == [(480, 60, "Starts at 09:00"), (750, 60, "Break"), (960, 60, "Dentist")]


def test_a_closed_house_says_why_above_everybody(at_desk, home, service, location):
    book(service, at("2026-11-24 10:00"))
    add_closure(
        location=location,
        from_on=date(2026, 11, 24),
        until_on=date(2026, 11, 25),
        reason="Fiesta",
        by=SYSTEM,
        now=NOW,
    )
    offs = at_desk.get(home + TUESDAY).context["grid"].grids[0][0].offs
    assert [off.words for off in offs] == ["Closed: Fiesta"]


def test_the_line_of_now_is_drawn_today_only(sit, desk, home, service, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-24 11:32"))
    browser = sit(desk)
    assert browser.get(home).context["grid"].now_minute == 692
    assert "dg-now t-1130" in browser.get(home).text
    assert browser.get(home + "?day=2026-11-25").context["grid"].now_minute is None


def test_a_room_in_use_has_a_column_of_its_own(at_desk, home, business, professional):
    room = make_room(business)
    make_room(business, "Sala 2")
    with_room = make_service(
        business, "Masaje", professionals=(professional,), needs=(("Sala", [room]),)
    )
    book(with_room, at("2026-11-24 10:00"))
    columns = at_desk.get(home + TUESDAY).context["grid"].grids[0]
    assert [(one.name, one.words) for one in columns] == [
        ("Irene", "1 booked"),
        ("Sala 1", "In use 30 min"),
    ]
    assert columns[1].cards[0].words == "with Irene"


def test_a_group_shows_its_seats(at_desk, home, business, professional):
    group = make_service(business, "Pilates", professionals=(professional,), capacity=4)
    make_session(group, at("2026-11-24 10:00"))
    book(group, at("2026-11-24 10:00"))
    page = at_desk.get(home + TUESDAY)
    assert "Group: Pilates" in page.text
    assert "1 of 4 places" in page.text


def test_a_request_is_amber_and_waits_to_be_settled(at_desk, home, business, professional):
    asked = make_service(business, "Plan", professionals=(professional,), needs_approval=True)
    book(asked, at("2026-11-24 10:00"))
    page = at_desk.get(home + TUESDAY)
    assert "appt appt-wait t-1000" in page.text
    assert [(pile.title, pile.count) for pile in page.context["piles"]] == [("Requests waiting", 1)]
    assert page.context["nav"][0].count == 1


def test_an_appointment_on_new_time_off_waits_to_be_settled(at_desk, home, service, professional):
    book(service, at("2026-11-24 10:00"))
    assert at_desk.get(home).context["piles"] == []
    add_time_off(
        resource=professional.resource,
        starts_at=at("2026-11-24 09:00"),
        ends_at=at("2026-11-24 12:00"),
        by=SYSTEM,
        now=NOW,
    )
    assert [pile.title for pile in at_desk.get(home).context["piles"]] == ["On time off"]


def test_a_repeated_hour_stands_beside_its_double(sit, desk, home, business, professional):
    night = make_service(business, "Noche", professionals=(professional,), duration_minutes=30)
    for text in ("2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"):
        book(
            night,
            datetime.fromisoformat(text),
            by=_staff(),
            overrides=_outside(),
            client=make_guest(text, f"{text[12:13]}@example.com"),
        )
    page = sit(desk, zone="Europe/Madrid").get(home + "?day=2026-10-25")
    cards = page.context["grid"].grids[0][0].cards
    assert [(one.minute, one.half) for one in cards] == [(150, "dg-half-1"), (150, "dg-half-2")]
    assert "first, CEST" in page.text
    assert "again, CET" in page.text


def test_the_week_has_a_row_for_each_professional_and_a_column_for_each_working_day(
    at_desk, home, shared_service, professional, colleague
):
    book(shared_service, at("2026-11-24 10:00"), professional=professional)
    book(
        shared_service,
        at("2026-11-26 10:00"),
        professional=colleague,
        client=make_guest("Eva", "eva@example.com"),
    )
    page = at_desk.get(home + TUESDAY + "&view=week")
    assert [(row.name, [len(day) for day in row.days]) for row in page.context["table"]] == [
        ("Irene", [0, 1, 0, 0, 0]),
        ("Tomás", [0, 0, 0, 1, 0]),
    ]


def test_the_bar_says_how_full_each_day_is(at_desk, home, service):
    book(service, at("2026-11-24 10:00"))
    bar = at_desk.get(home + TUESDAY).context["bar"]
    assert [one.words for one in bar] == [
        "none booked · today",
        "1 booked",
        "none booked",
        "none booked",
        "none booked",
        "closed",
        "closed",
    ]
    assert bar[1].load == round(100 * 30 / 480)


def test_the_list_shows_the_days_on_which_somebody_comes(at_desk, home, service):
    book(service, at("2026-11-25 10:00"))
    lists = at_desk.get(home + TUESDAY + "&view=list").context["lists"]
    assert [(str(one.on), len(one.entries)) for one in lists] == [
        ("2026-11-24", 0),
        ("2026-11-25", 1),
    ]


def test_one_location_of_several_can_be_looked_at(at_desk, home, business, service, location):
    second = make_location(business)
    book(service, at("2026-11-24 10:00"))
    everywhere = at_desk.get(home + TUESDAY)
    assert [link.label for link in everywhere.context["places"]] == [
        "All locations",
        location.name,
        "Second",
    ]
    there = at_desk.get(home + TUESDAY + f"&location={second.pk}")
    assert there.context["listed"].entries == []


def test_a_professional_sees_their_own_appointments_only(
    sit, professional_member, home, shared_service, professional, colleague
):
    book(
        shared_service,
        at("2026-11-24 10:00"),
        professional=colleague,
        client=make_guest("Canary", "c@example.com"),
    )
    book(shared_service, at("2026-11-24 11:00"), professional=professional)
    for view in ("", "&view=week", "&view=list"):
        page = sit(professional_member).get(home + TUESDAY + view)
        assert "Luz Prueba" in page.text
        assert "Canary" not in page.text
        assert "Tomás" not in page.text


def test_a_stranger_to_the_business_finds_nothing(sit, outsider, home, service):
    book(service, at("2026-11-24 10:00"))
    assert sit(outsider).get(home).status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client, home):
    answer = client.get(home)
    assert answer.status_code == 302
    assert "/client/login" in answer["Location"]


@pytest.mark.parametrize(
    "query",
    [
        "?day=9999-99-99",
        "?day=0001-01-01",
        "?day=9999-12-31",
        "?view=moon",
        "?location=x",
        "?day=%00",
    ],
)
def test_odd_addresses_still_show_a_calendar(at_desk, home, query):
    assert at_desk.get(home + query).status_code == 200


def test_the_only_desk_opens_by_itself_and_several_are_offered(sit, desk, home, next_door):
    browser = sit(desk)
    assert browser.get("/desk/")["Location"] == home
    with business_scope(next_door.pk):
        make_member(next_door, desk.account, Role.OWNER)
    page = browser.get("/desk/")
    assert "Salon Next Door" in page.text
    assert "Fisio Retiro" in page.text


def test_who_is_on_no_staff_is_told_so(client):
    client.force_login(make_account())
    assert "not on the staff of any business" in client.get("/desk/").text


def test_a_full_day_costs_no_more_queries_than_a_quiet_one(at_desk, home, business, service):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert at_desk.get(home + "?day=2026-11-23").status_code == 200
        return len(caught)

    at_desk.get(home)
    counted = {}
    starts = [  # the day that is looked at comes first: it is asked who of those who come owes something
        at("2026-11-23 09:00") + timedelta(days=day, minutes=30 * slot)
        for day in range(5)
        for slot in range(7)
    ]
    starts += [
        at("2026-11-23 13:30") + timedelta(days=day, minutes=30 * slot)
        for day in range(5)
        for slot in range(4)
    ]
    for number, start in enumerate(starts[:50], start=1):
        book(
            service,
            start,
            by=_staff(),
            client=make_guest(f"Client {number}", f"c{number}@example.com"),
        )
        if number in {1, 3, 50}:
            counted[number] = queries()
    assert counted[1] == counted[3] == counted[50], counted
    assert counted[50] <= 30, counted


def _staff():
    return STAFF


def _outside():
    return Overrides(outside_hours=True)
