"""The page of an appointment: what its link shows, and what may be done with it until when."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.factories import at, book
from tests.web.checksum import checksum

from clientela.booking.actions.book import Booked
from clientela.booking.models import Appointment, Status
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, ZoneMode
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope

TUESDAY_NOON = "20261124T1100Z"
PAGES = ("", "move/", "cancel/", "appointment.ics")


def test_the_link_shows_the_appointment_with_its_zone_and_what_may_be_done(
    visitor: Client, path: str
) -> None:
    text = visitor.get(path).text
    assert "Fisioterapia with Irene" in text
    assert ">10:00</time>" in text
    assert "Madrid time (CET)" in text
    assert "You can move or cancel it online until Monday 23 November at 10:00 (Madrid)." in text
    assert f'href="{path}move/"' in text
    assert f'href="{path}cancel/"' in text


@pytest.mark.parametrize("page", PAGES)
def test_opening_the_link_changes_nothing(visitor: Client, path: str, page: str) -> None:
    before = checksum()
    assert visitor.get(path + page).status_code == 200
    assert visitor.head(path + page).status_code == 200
    assert visitor.get(path + page).status_code == 200
    assert checksum() == before


def test_posting_changes_something(visitor: Client, path: str) -> None:
    """The control of the test above: the fingerprint sees a change."""
    before = checksum()
    visitor.post(f"{path}confirm/")
    assert checksum() != before


@pytest.mark.parametrize("page", PAGES)
def test_answers_are_for_the_holder_only(visitor: Client, path: str, page: str) -> None:
    answer = visitor.get(path + page)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_a_cut_and_a_foreign_link_look_the_same(
    visitor: Client, path: str, page: str, next_door: Business
) -> None:
    token = path.rstrip("/").rsplit("/", 1)[-1]
    wrong = [
        path.replace(token, "x" * len(token)),
        path.replace(token, token[:-1]),
        path.replace("fisio-retiro", next_door.slug),
        path.replace("fisio-retiro", "nobody"),
    ]
    answers = [visitor.get(one + page) for one in wrong]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.text for answer in answers}) == 1
    assert "Luz" not in answers[0].text


def test_a_post_without_its_token_is_refused(path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{path}cancel/").status_code == 403
    assert Appointment.objects.get().status == Status.CONFIRMED


def test_i_am_coming_is_noted_once(visitor: Client, path: str) -> None:
    assert "Yes, I am coming" in visitor.get(path).text
    answer = visitor.post(f"{path}confirm/", follow=True)
    assert "You told us that you are coming." in answer.text
    assert "Yes, I am coming" not in answer.text


def test_cancelling_says_first_what_it_means(visitor: Client, path: str) -> None:
    text = visitor.get(f"{path}cancel/").text
    assert "Cancel Tuesday’s appointment?" in text
    assert "Irene is told at once" in text
    assert text.index("Keep it") < text.index('class="btn btn-stop"')


def test_a_cancelled_appointment_says_so_and_offers_another(visitor: Client, path: str) -> None:
    answer = visitor.post(f"{path}cancel/", {"reason": "I am ill"}, follow=True)
    assert "Your appointment is cancelled." in answer.text
    assert "This appointment is cancelled" in answer.text
    assert "Book again" in answer.text
    assert f'href="{path}cancel/"' not in answer.text
    assert Appointment.objects.get().status == Status.CANCELLED


def test_moving_keeps_the_old_time_until_the_new_one_is_won(visitor: Client, path: str) -> None:
    text = visitor.get(f"{path}move/", {"start": TUESDAY_NOON}).text
    assert "Move it here" in text
    assert "Until then it stays at" in text
    assert "your time now" in text
    answer = visitor.post(f"{path}move/", {"start": TUESDAY_NOON}, follow=True)
    assert "Moved to Tue 24 Nov, 12:00 (Madrid)." in answer.text
    assert Appointment.objects.get().starts_at == at("2026-11-24 12:00")


def test_a_move_can_be_undone_from_its_toast(visitor: Client, path: str) -> None:
    answer = visitor.post(f"{path}move/", {"start": TUESDAY_NOON}, follow=True)
    assert 'name="start" value="20261124T0900Z"' in answer.text
    visitor.post(f"{path}move/", {"start": "20261124T0900Z", "undo": "1"})
    assert Appointment.objects.get().starts_at == at("2026-11-24 10:00")


def test_a_lost_move_leaves_the_appointment_where_it_is(
    visitor: Client, path: str, service: Service
) -> None:
    book(service, at("2026-11-24 12:00"), client=factories.make_guest("Other", "o@example.com"))
    answer = visitor.post(f"{path}move/", {"start": TUESDAY_NOON})
    assert answer.status_code == 409
    assert "Someone just took 12:00 (Madrid)." in answer.text
    assert "Your appointment stays where it is." in answer.text
    assert "These are the nearest times." in answer.text


def test_moving_without_a_time_says_so(visitor: Client, path: str) -> None:
    answer = visitor.post(f"{path}move/", {})
    assert answer.status_code == 422
    assert "Choose a time first." in answer.text


@pytest.mark.req("S3.26", "S3.27")
def test_past_the_cut_off_the_page_explains_and_gives_a_telephone(
    visitor: Client, path: str
) -> None:
    with time_machine.travel(at("2026-11-23 17:00"), tick=False):
        text = visitor.get(path).text
        assert "Online changes closed 7 hours ago" in text
        assert "Call us: we may still be able to help." in text
        assert "tel:+34910000000" in text
        assert f'href="{path}cancel/"' not in text
        for act in ("cancel/", "move/"):
            assert "Online changes closed 7 hours ago" in visitor.get(path + act).text
            refused = visitor.post(path + act, {"start": TUESDAY_NOON})
            assert refused.status_code == 409
            assert "Nothing was changed." in refused.text
    assert Appointment.objects.get().status == Status.CONFIRMED


@pytest.mark.req("S3.24", "S3.28")
@pytest.mark.parametrize("move", [True, False])
@pytest.mark.parametrize("cancel", [True, False])
def test_moving_and_cancelling_are_switched_apart(
    visitor: Client, path: str, business: Business, move: bool, cancel: bool
) -> None:
    set_policy(
        business=business,
        client_may_reschedule=move,
        client_may_cancel=cancel,
        by=factories.SYSTEM,
        now=factories.NOW,
    )
    text = visitor.get(path).text
    assert (f'href="{path}move/"' in text) is move
    assert (f'href="{path}cancel/"' in text) is cancel
    assert ("tel:+34910000000" in text) is not (move and cancel)
    assert (visitor.post(f"{path}cancel/").status_code == 302) is cancel


@pytest.mark.req("S3.28")
def test_two_cut_offs_are_said_apart(visitor: Client, path: str, business: Business) -> None:
    set_policy(business=business, cancel_closes_minutes=60, by=factories.SYSTEM, now=factories.NOW)
    text = visitor.get(path).text
    assert "You can move it online until Monday 23 November at 10:00 (Madrid)." in text
    assert "You can cancel it online until Tuesday 24 November at 09:00 (Madrid)." in text


@pytest.mark.req("S4.27")
def test_times_are_read_in_the_zone_chosen_with_the_booking(visitor: Client, path: str) -> None:
    Appointment.objects.update(zone="America/New_York")
    text = visitor.get(path).text
    assert ">04:00</time>" in text
    assert "New York time (EST)" in text
    assert "10:00 · Madrid" in text


@pytest.mark.req("S4.27")
def test_a_lock_goes_before_the_chosen_zone(visitor: Client, path: str, business: Business) -> None:
    Appointment.objects.update(zone="America/New_York")
    set_policy(business=business, zone_mode=ZoneMode.LOCKED, by=factories.SYSTEM, now=factories.NOW)
    text = visitor.get(path).text
    assert ">10:00</time>" in text
    assert "New York" not in text


def test_a_past_appointment_is_over(visitor: Client, path: str) -> None:
    with time_machine.travel(at("2026-11-25 08:00"), tick=False):
        text = visitor.get(path).text
    assert "slip-soft" in text
    assert "Book again" in text
    assert f'href="{path}move/"' not in text


def test_the_calendar_file_is_the_appointments_own(
    visitor: Client, path: str, booked: Booked
) -> None:
    answer = visitor.get(f"{path}appointment.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:{booked.appointment.pk}@" in answer.text
    assert "DTSTART;TZID=Europe/Madrid:20261124T100000" in answer.text


def test_other_calendars_are_not_told_the_secret(
    visitor: Client, path: str, booked: Booked
) -> None:
    text = visitor.get(path.replace("/a/", "/booked/")).text
    outside = [part for part in text.split('"') if part.startswith("https://")]
    assert len(outside) == 2
    assert not [link for link in outside if booked.link_token in link]


def test_right_after_booking_the_page_says_who_is_told(visitor: Client, path: str) -> None:
    text = visitor.get(path.replace("/a/", "/booked/")).text
    assert "See you on Tuesday, Luz" in text
    assert "On its way to luz@example.com" in text
    assert "Irene sees it in the diary" in text


def test_once_changed_the_page_after_booking_leads_to_the_appointment(
    visitor: Client, path: str
) -> None:
    visitor.post(f"{path}cancel/")
    answer = visitor.get(path.replace("/a/", "/booked/"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == path


def test_a_reader_without_a_language_is_answered_in_the_bookings(path: str) -> None:
    Appointment.objects.update(language="it")
    text = Client().get(path).text
    assert '<html lang="it"' in text


def test_the_number_of_queries_is_fixed(
    visitor: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(13):
        visitor.get(path)


def test_the_link_of_next_door_opens_nothing_here(visitor: Client, next_door: Business) -> None:
    with business_scope(next_door.pk):
        service = Service.objects.get()
        theirs = book(service, at("2026-11-24 10:00"))
    assert visitor.get(f"/fisio-retiro/a/{theirs.link_token}/").status_code == 404
    assert visitor.get(f"/{next_door.slug}/a/{theirs.link_token}/").status_code == 200
