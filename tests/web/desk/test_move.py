"""Moving at the desk: by form, by dropping a card, and back again."""

from __future__ import annotations

import re

import pytest
from tests.factories import NOW, at, book, make_guest

from clientela.booking.models import Appointment
from clientela.platform.audit import history

pytestmark = pytest.mark.django_db
TEN, NOON, EIGHT = at("2026-11-24 10:00"), at("2026-11-24 12:00"), at("2026-11-24 20:00")


@pytest.fixture
def one(shared_service, professional):
    return book(shared_service, TEN, professional=professional).appointment


@pytest.fixture
def move(home, one):
    return f"{home}appointments/{one.pk}/move/"


def now_of(one) -> Appointment:
    return Appointment.objects.select_related("professional__resource").get(pk=one.pk)


def test_the_page_offers_the_free_times_of_its_own_day_first(at_desk, move):
    page = at_desk.get(move)
    assert str(page.context["when"].on) == "2026-11-24"
    assert "Until then it stays at" in page.text


def test_a_dropped_card_moves_to_the_day_the_time_and_the_person(
    at_desk, home, move, one, colleague
):
    answer = at_desk.post(
        move, {"day": "2026-11-24", "at": "12:00", "professional": str(colleague.pk)}
    )
    assert answer["Location"] == f"{home}?day=2026-11-24"
    moved = now_of(one)
    assert (moved.starts_at, moved.professional.name) == (NOON, "Tomás")


def test_a_drop_is_read_in_the_zone_of_the_device(sit, desk, move, one):
    sit(desk, zone="America/New_York").post(move, {"day": "2026-11-24", "at": "06:00"})
    assert now_of(one).starts_at == NOON


def test_undo_moves_it_back_once(at_desk, home, move, one, professional, colleague):
    at_desk.post(move, {"day": "2026-11-24", "at": "12:00", "professional": str(colleague.pk)})
    page = at_desk.get(home)
    assert "Luz Prueba moves to Tue 24 Nov, 12:00 (Madrid)." in page.text
    form = re.search(
        r'data-toast.*?<form method="post" action="([^"]+)">(.*?)</form>', page.text, re.DOTALL
    )
    assert form is not None
    assert form[1] == move
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    back = at_desk.post(form[1], fields, follow=True)
    assert (now_of(one).starts_at, now_of(one).professional_id) == (TEN, professional.pk)
    assert "moves to Tue 24 Nov, 10:00" in back.text
    assert "Undo</button>" not in back.text


def test_a_taken_time_is_refused_with_the_nearest_and_nothing_moves(
    at_desk, move, one, shared_service, professional
):
    book(
        shared_service, NOON, professional=professional, client=make_guest("Eva", "eva@example.com")
    )
    answer = at_desk.post(
        move, {"day": "2026-11-24", "at": "12:00", "professional": str(professional.pk)}
    )
    assert answer.status_code in {409, 422}
    assert "12:00 on Tuesday 24 November (Madrid) cannot be had." in answer.text
    assert "Irene has another appointment then." in answer.text
    nearest = [offer.at for offer in answer.context["when"].nearest]
    assert len(nearest) == 6
    assert TEN not in nearest
    assert min(nearest) > NOW
    assert now_of(one).starts_at == TEN


def test_a_time_outside_the_hours_asks_before_it_moves(at_desk, move, one):
    wish = {"day": "2026-11-24", "at": "20:00"}
    asked = at_desk.post(move, wish)
    assert asked.status_code == 409
    assert "Irene is not open for all of that time." in asked.text
    assert 'name="override"' in asked.text
    assert now_of(one).starts_at == TEN
    at_desk.post(move, {**wish, "override": "1"})
    assert now_of(one).starts_at == EIGHT
    assert list(history(subject=one))[-1].details["overrides"] == ["outside_hours"]


def test_an_override_never_overlaps(at_desk, move, one, shared_service, professional):
    book(
        shared_service, NOON, professional=professional, client=make_guest("Eva", "eva@example.com")
    )
    at_desk.post(
        move,
        {"day": "2026-11-24", "at": "12:15", "professional": str(professional.pk), "override": "1"},
    )
    assert now_of(one).starts_at == TEN


def test_a_time_that_the_clocks_jump_over_is_refused(at_desk, move, one):
    answer = at_desk.post(move, {"day": "2027-03-28", "at": "02:30"})
    assert answer.status_code == 422
    assert "it does not exist" in answer.text


def test_a_move_without_a_time_says_so(at_desk, move, one):
    answer = at_desk.post(move, {})
    assert answer.status_code == 422
    assert "Choose a time first." in answer.text


def test_a_cancelled_appointment_is_not_moved(at_desk, move, one):
    at_desk.post(move.replace("/move/", "/cancel/"))
    answer = at_desk.post(move, {"day": "2026-11-24", "at": "12:00"})
    assert answer.status_code == 409
    assert "not possible any more" in answer.text


def test_the_same_form_sent_twice_is_one_move(at_desk, move, one):
    wish = {"day": "2026-11-24", "at": "12:00", "key": "k1"}
    at_desk.post(move, wish)
    at_desk.post(move, wish)
    assert now_of(one).sequence == one.sequence + 1


@pytest.mark.req("S4.20")
@pytest.mark.req("S4.21")
def test_a_device_elsewhere_is_warned_with_the_places_own_time(sit, desk, move):
    page = sit(desk, zone="America/New_York").get(move + "?start=20261124T1100Z")
    assert "This device is on New York time, the place on Madrid time" in page.text
    assert "There it is Tue 24 Nov, 12:00 (Madrid)" in page.text
    assert (
        "This device is on"
        not in sit(desk, zone="Europe/Madrid").get(move + "?start=20261124T1100Z").text
    )
