"""Hours, days that differ, absences, closures: saved as typed, and what they hit is named first."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests import factories
from tests.factories import at, book
from tests.web.desk.settings.conftest import SETTINGS

from clientela.booking.models import Appointment
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope
from clientela.schedule.models import Closure, DatedHours, TimeOff, WeeklyHours

WEEK = {"monday": "9-13:30, 15:00-19:00", "tuesday": "10:00–14:00"}


@pytest.fixture
def week_page(professional: Professional, location: Location) -> str:
    return f"{SETTINGS}hours/{professional.pk}/{location.pk}/"


@pytest.fixture
def tuesday_at_ten(service: Service) -> Appointment:
    return book(service, at("2026-11-24 10:00")).appointment


def knows(text: str) -> str:
    """The confirmation that a warning asks for."""
    match = re.search(r'name="knows" value="(\w+)"', text)
    assert match is not None
    return match[1]


def rows(person: Professional) -> list[tuple[int, int, int]]:
    found = WeeklyHours.objects.filter(resource=person.pk)
    return sorted(found.values_list("weekday", "opens_minute", "closes_minute"))


def test_a_week_is_shown_as_text_and_saved_as_typed(
    as_owner: Client, professional: Professional, week_page: str
) -> None:
    assert 'value="09:00–12:30, 13:30–18:00"' in as_owner.get(week_page).text
    assert as_owner.post(week_page, WEEK)["location"] == f"{SETTINGS}hours/"
    assert rows(professional) == [(0, 540, 810), (0, 900, 1140), (1, 600, 840)]
    text = as_owner.get(f"{SETTINGS}hours/").text
    assert "09:00–13:30" in text
    assert "Madrid time (CET)" in text


def test_a_day_that_cannot_be_read_says_why_and_nothing_is_lost(
    as_owner: Client, professional: Professional, week_page: str
) -> None:
    before = rows(professional)
    answer = as_owner.post(week_page, {**WEEK, "friday": "nine to five", "sunday": "10:00-09:00"})
    assert answer.status_code == 422
    assert "“nine to five” is none" in answer.text
    assert "ends before it begins" in answer.text
    assert 'value="9-13:30, 15:00-19:00"' in answer.text
    assert rows(professional) == before


def test_new_hours_name_the_appointments_outside_them_before_they_are_saved(
    as_owner: Client, professional: Professional, week_page: str, tuesday_at_ten: Appointment
) -> None:
    before = rows(professional)
    given = {"tuesday": "15:00-18:00"}
    warned = as_owner.post(week_page, given)
    assert "1 appointment lies outside the new hours" in warned.text
    assert "Luz Prueba" in warned.text
    assert "Tue 24 Nov" in warned.text
    assert rows(professional) == before
    answer = as_owner.post(week_page, {**given, "knows": knows(warned.text)})
    assert answer.status_code == 302
    assert rows(professional) == [(1, 900, 1080)]
    tuesday_at_ten.refresh_from_db()
    assert tuesday_at_ten.status == "confirmed"


def test_a_confirmation_does_not_hold_for_what_was_booked_meanwhile(
    as_owner: Client,
    professional: Professional,
    service: Service,
    week_page: str,
    tuesday_at_ten: Appointment,
) -> None:
    given = {"tuesday": "15:00-18:00"}
    known = knows(as_owner.post(week_page, given).text)
    book(service, at("2026-11-24 11:00"), client=factories.make_guest("Sol", "sol@example.com"))
    again = as_owner.post(week_page, {**given, "knows": known})
    assert "2 appointments lie outside the new hours" in again.text


def test_mondays_hours_are_copied_until_friday_without_a_script(
    as_owner: Client, professional: Professional, week_page: str
) -> None:
    before = rows(professional)
    text = as_owner.post(week_page, {"monday": "9-14", "sunday": "10-11", "copy": "1"}).text
    assert text.count('value="9-14"') == 5
    assert 'value="10-11"' in text
    assert rows(professional) == before


def test_hours_that_hold_for_a_time_stay(
    as_owner: Client, professional: Professional, location: Location, week_page: str
) -> None:
    WeeklyHours.objects.filter(resource=professional.pk, weekday=4).update(valid_until="2026-12-31")
    assert "hold only for a time" in as_owner.get(week_page).text
    as_owner.post(week_page, WEEK)
    assert (4, 540, 750) in rows(professional)


def test_a_professional_reads_their_own_hours_only_and_changes_none(
    as_professional: Client, colleague: Professional, week_page: str
) -> None:
    text = as_professional.get(f"{SETTINGS}hours/").text
    assert "Irene" in text
    assert "Tomás" not in text
    assert week_page not in text
    assert as_professional.get(week_page).status_code == 404
    assert as_professional.post(week_page, WEEK).status_code == 404


def test_hours_of_next_door_are_out_of_reach(
    as_owner: Client, location: Location, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        nora = Professional.objects.get()
        theirs = Location.objects.get()
    for resource, place in ((nora.pk, location.pk), (nora.pk, theirs.pk)):
        page = f"{SETTINGS}hours/{resource}/{place}/"
        assert as_owner.get(page).status_code == 404
        assert as_owner.post(page, WEEK).status_code == 404
        assert as_owner.get(f"{page}days/").status_code == 404


def test_a_day_that_differs_is_added_shown_and_taken_back(
    as_owner: Client, professional: Professional, week_page: str
) -> None:
    page = f"{week_page}days/"
    assert (
        as_owner.post(page, {"on": "2026-12-24", "hours": "9-12", "note": "Nochebuena"}).status_code
        == 302
    )
    assert as_owner.post(page, {"on": "2026-12-25", "hours": ""}).status_code == 302
    found = DatedHours.objects.values_list("on__day", "opens_minute", "closes_minute", "note")
    assert list(found) == [(24, 540, 720, "Nochebuena"), (25, None, None, "")]
    text = as_owner.get(page).text
    assert "Nochebuena" in text
    assert "closed" in text
    as_owner.post(f"{page}forget/", {"on": "2026-12-24"})
    assert DatedHours.objects.count() == 1
    assert as_owner.post(f"{page}forget/", {"on": "soon"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"), [("on", "2026-11-01"), ("on", ""), ("on", "9999-12-31"), ("hours", "9")]
)
def test_a_day_that_makes_no_sense_is_explained(
    as_owner: Client, week_page: str, field: str, value: str
) -> None:
    given = {"on": "2026-12-24", "hours": "9-12", field: value}
    answer = as_owner.post(f"{week_page}days/", given)
    assert answer.status_code == 422
    assert f"id_{field}-error" in answer.text
    assert not DatedHours.objects.exists()


def test_a_closed_day_names_who_was_to_come(
    as_owner: Client, week_page: str, tuesday_at_ten: Appointment
) -> None:
    given = {"on": "2026-11-24", "hours": ""}
    warned = as_owner.post(f"{week_page}days/", given)
    assert "1 appointment lies outside these hours" in warned.text
    assert not DatedHours.objects.exists()
    as_owner.post(f"{week_page}days/", {**given, "knows": knows(warned.text)})
    assert DatedHours.objects.count() == 1


def test_the_front_desk_enters_time_off_for_whole_days_or_hours(
    as_desk: Client, professional: Professional
) -> None:
    page = f"{SETTINGS}time-off/"
    whole = {
        "resource": str(professional.pk),
        "from_on": "2026-12-01",
        "until_on": "2026-12-02",
        "reason": "Curso",
    }
    assert as_desk.post(page, whole).status_code == 302
    hours = {
        "resource": str(professional.pk),
        "from_on": "2026-12-09",
        "from_time": "09:30",
        "until_time": "11:00",
    }
    assert as_desk.post(page, hours).status_code == 302
    found = list(TimeOff.objects.values_list("starts_at", "ends_at"))
    assert found == [
        (at("2026-12-01 00:00"), at("2026-12-03 00:00")),
        (at("2026-12-09 09:30"), at("2026-12-09 11:00")),
    ]
    text = as_desk.get(page).text
    assert "Curso" in text
    assert "Madrid time (CET)" in text
    first = TimeOff.objects.first()
    assert first is not None
    as_desk.post(f"{page}{first.pk}/remove/")
    assert TimeOff.objects.count() == 1
    assert as_desk.post(f"{page}{first.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"until_on": "2026-11-30"}, "until_on"),
        ({"from_time": "09:32"}, "from_time"),
        ({"from_time": "12:00", "until_time": "11:00"}, "until_on"),
        ({"from_on": ""}, "from_on"),
        ({"resource": "01900000-0000-7000-8000-000000000000"}, "resource"),
        ({"until_on": "9999-12-31"}, "until_on"),
    ],
)
def test_time_off_that_makes_no_sense_is_explained(
    as_desk: Client, professional: Professional, more: dict[str, str], field: str
) -> None:
    given = {"resource": str(professional.pk), "from_on": "2026-12-01", "reason": "Curso", **more}
    answer = as_desk.post(f"{SETTINGS}time-off/", given)
    assert answer.status_code == 422
    assert f"id_{field}-error" in answer.text
    assert 'value="Curso"' in answer.text
    assert not TimeOff.objects.exists()


def test_time_off_names_the_appointments_it_hits_first(
    as_desk: Client, professional: Professional, tuesday_at_ten: Appointment
) -> None:
    given = {"resource": str(professional.pk), "from_on": "2026-11-24"}
    warned = as_desk.post(f"{SETTINGS}time-off/", given)
    assert "1 appointment lies in that time" in warned.text
    assert not TimeOff.objects.exists()
    as_desk.post(f"{SETTINGS}time-off/", {**given, "knows": knows(warned.text)})
    assert TimeOff.objects.count() == 1


def test_the_zone_is_asked_only_where_there_are_several(
    as_desk: Client, business: Business, professional: Professional
) -> None:
    page = f"{SETTINGS}time-off/"
    assert 'name="zone"' not in as_desk.get(page).text
    factories.make_location(business, "Las Palmas", "Atlantic/Canary")
    assert 'name="zone"' in as_desk.get(page).text
    given = {"resource": str(professional.pk), "from_on": "2026-12-01", "zone": "Atlantic/Canary"}
    as_desk.post(page, given)
    assert TimeOff.objects.get().starts_at == at("2026-12-01 00:00", "Atlantic/Canary")


def test_a_closure_names_whom_it_hits_and_can_be_taken_back(
    as_owner: Client, location: Location, tuesday_at_ten: Appointment
) -> None:
    page = f"{SETTINGS}closures/"
    given = {
        "location": str(location.pk),
        "from_on": "2026-11-24",
        "last_on": "2026-11-25",
        "reason": "Obras",
    }
    warned = as_owner.post(page, given)
    assert "1 appointment lies on those days" in warned.text
    assert not Closure.objects.exists()
    as_owner.post(page, {**given, "knows": knows(warned.text)})
    closure = Closure.objects.get()
    assert (closure.from_on.day, closure.until_on.day) == (24, 26)
    text = as_owner.get(page).text
    assert "Obras" in text
    assert "Wed 25 Nov 2026" in text
    as_owner.post(f"{page}{closure.pk}/remove/")
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("last_on", "2026-11-30"), ("from_on", "x"), ("location", "")]
)
def test_a_closure_that_makes_no_sense_is_explained(
    as_owner: Client, location: Location, field: str, value: str
) -> None:
    given = {"location": str(location.pk), "from_on": "2026-12-24", field: value}
    answer = as_owner.post(f"{SETTINGS}closures/", given)
    assert answer.status_code == 422
    assert f"id_{field}-error" in answer.text
