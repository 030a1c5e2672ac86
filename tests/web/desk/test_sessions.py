"""Group sessions at the desk."""

from __future__ import annotations

import pytest
from tests.factories import at, book, make_guest, make_service, make_session

from clientela.booking.models import Appointment, Session, Status

pytestmark = pytest.mark.django_db
TEN = at("2026-11-24 10:00")


@pytest.fixture
def group(business, professional):
    return make_service(business, "Pilates", professionals=(professional,), capacity=4)


@pytest.fixture
def form(group, location):
    return {
        "service": str(group.pk),
        "professional": "",
        "location": str(location.pk),
        "day": "2026-11-24",
        "at": "10:00",
        "seats": "",
    }


def test_a_session_lists_who_sits_in_it_and_what_is_free(at_desk, home, group):
    session = make_session(group, TEN)
    for name in ("Eva", "Luis"):
        book(group, TEN, client=make_guest(name, f"{name.lower()}@example.com"))
    page = at_desk.get(f"{home}sessions/{session.pk}/")
    assert [row.client.record_name for row, _badge in page.context["seated"]] == ["Eva", "Luis"]
    assert "2 of 4 places" in page.text
    assert "2 places are free." in page.text


def test_a_session_is_put_on_the_calendar(at_desk, home, form, professional):
    answer = at_desk.post(home + "sessions/new/", form)
    session = Session.objects.get()
    assert answer["Location"] == f"{home}sessions/{session.pk}/"
    assert (session.starts_at, session.seats, session.professional) == (TEN, 4, professional)


def test_the_time_is_read_in_the_zone_of_the_device(sit, desk, home, form):
    sit(desk, zone="America/New_York").post(home + "sessions/new/", {**form, "at": "04:00"})
    assert Session.objects.get().starts_at == TEN


def test_a_taken_time_is_refused_with_the_reason(at_desk, home, form, group, service):
    book(service, TEN)
    answer = at_desk.post(home + "sessions/new/", form)
    assert answer.status_code == 409
    assert "That time is already taken." in answer.text
    assert not Session.objects.exists()


def test_outside_the_hours_needs_the_tick(at_desk, home, form):
    late = {**form, "at": "21:00"}
    assert at_desk.post(home + "sessions/new/", late).status_code == 409
    assert at_desk.post(home + "sessions/new/", {**late, "override": "on"}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": ""},
        {"day": "9999-12-31"},
        {"at": "x"},
        {"seats": "0"},
        {"service": "x"},
        {"day": "2027-03-28", "at": "02:30"},
    ],
)
def test_bad_input_is_refused_beside_its_field(at_desk, home, form, wrong):
    answer = at_desk.post(home + "sessions/new/", {**form, **wrong})
    assert answer.status_code in {409, 422}
    assert not Session.objects.exists()


def test_a_business_without_groups_is_told_what_one_is(at_desk, home, service):
    assert "There is no group service" in at_desk.get(home + "sessions/new/").text


def test_calling_it_off_says_first_how_many_are_told(at_desk, home, group):
    session = make_session(group, TEN)
    book(group, TEN)
    base = f"{home}sessions/{session.pk}/"
    page = at_desk.get(base + "cancel/")
    assert "1 client loses their place and is told at once" in page.text
    ((name, told),) = page.context["foretold"]
    assert name in page.text
    assert "Email" in {way.name for one in told for way in one.ways}
    answer = at_desk.post(base + "cancel/", {"reason": "Ill"}, follow=True)
    assert "The session is cancelled." in answer.text
    assert Appointment.objects.get().status == Status.CANCELLED
    assert at_desk.get(base + "cancel/").status_code == 302


def test_a_professional_reaches_their_own_sessions_only(
    sit, professional_member, home, business, colleague
):
    other = make_session(
        make_service(business, "Yoga", professionals=(colleague,), capacity=3), TEN
    )
    browser = sit(professional_member)
    assert browser.get(f"{home}sessions/{other.pk}/").status_code == 404
    assert browser.post(f"{home}sessions/{other.pk}/cancel/").status_code == 404
    assert Session.objects.get().cancelled_at is None
