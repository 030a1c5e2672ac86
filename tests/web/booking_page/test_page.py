"""The booking page: what it shows before a choice, what a choice changes, and how booking ends."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.factories import at, book
from tests.web.booking_page.conftest import Page
from tests.web.checksum import checksum

from clientela.booking.models import Appointment, Status
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, PhoneField, Professional, ZoneMode
from clientela.catalogue.models import Service
from clientela.people.models import Client as Card
from clientela.platform.tenancy import business_scope

TUESDAY_TEN = "20261124T0900Z"


def slots(text: str) -> list[str]:
    """The clock readings of the offered starts."""
    return re.findall(r'class="slot"[^>]*>.*?<time[^>]*>([^<]+)</time>', text)


def test_free_times_are_shown_before_anything_is_asked(page: Page, service: Service) -> None:
    text = page.client.get(page.url).text
    assert slots(text)[:3] == ["10:00", "10:15", "10:30"]  # two hours of notice from eight
    assert "Monday 23 November" in text
    assert "Madrid time (CET)" in text
    assert "Next free: Mon 23 Nov, 10:00 (Madrid)" in text


def test_a_choice_with_one_answer_is_not_asked(page: Page, service: Service) -> None:
    text = page.client.get(page.url).text
    assert 'id="h-what"' not in text
    assert 'id="h-who"' not in text
    assert 'id="h-where"' not in text


def test_several_answers_are_asked(
    page: Page, service: Service, shared_service: Service, business: Business
) -> None:
    factories.make_location(business)
    text = page.client.get(page.url, {"service": str(shared_service.pk)}).text
    assert 'id="h-what"' in text
    assert 'id="h-where"' in text
    assert "Whoever is free first" in text
    assert "Tomás" in text


@pytest.mark.req("S2.5")
def test_a_guest_books_and_is_led_to_the_page_that_says_so(page: Page, service: Service) -> None:
    answer = page.client.post(page.url, page.details(start=TUESDAY_TEN))
    assert answer.status_code == 302
    made = Appointment.objects.get()
    assert (made.starts_at, made.status) == (at("2026-11-24 10:00"), Status.CONFIRMED)
    assert (made.channel, made.door, made.language) == ("web", "booking-page", "en")
    assert (made.client.record_name, made.account_id) == ("Luz Prueba", None)
    done = page.client.get(answer.headers["Location"])
    assert "See you on Tuesday, Luz" in done.text


def test_the_form_sent_twice_is_one_booking(page: Page, service: Service) -> None:
    details = page.details(start=TUESDAY_TEN)
    first = page.client.post(page.url, details)
    second = page.client.post(page.url, details)
    assert first.headers["Location"] == second.headers["Location"]
    assert Appointment.objects.count() == 1


def test_the_loser_of_a_race_keeps_what_was_typed_and_sees_the_nearest_times(
    page: Page, service: Service
) -> None:
    details = page.details(start=TUESDAY_TEN)
    book(service, at("2026-11-24 10:00"))
    answer = page.client.post(page.url, {**details, "note": "Left knee"})
    assert answer.status_code == 409
    assert "Someone just took 10:00 (Madrid). Nothing was booked." in answer.text
    assert 'value="Luz Prueba"' in answer.text
    assert "Left knee" in answer.text
    nearest = re.findall(r'<input type="radio" name="start" value="(\w+)"', answer.text)
    assert "20261124T0930Z" in nearest
    retried = page.client.post(page.url, {**details, "start": "20261124T0930Z", "key": "other"})
    assert retried.status_code == 302


def test_a_form_that_was_used_and_changed_asks_to_look_again(page: Page, service: Service) -> None:
    details = page.details(start=TUESDAY_TEN)
    page.client.post(page.url, details)
    answer = page.client.post(page.url, {**details, "start": "20261124T1100Z"})
    assert answer.status_code == 422
    assert "You have already booked with this page." in answer.text
    assert Appointment.objects.count() == 1


def test_errors_stand_beside_their_fields_and_in_a_summary(page: Page, service: Service) -> None:
    details = {**page.details(start=TUESDAY_TEN), "name": " ", "email": "luz@", "phone": "12"}
    answer = page.client.post(page.url, details)
    assert answer.status_code == 422
    assert "3 things to fix" in answer.text
    assert 'id="id_name-error"' in answer.text
    assert 'aria-describedby="id_email-error"' in answer.text
    assert 'href="#id_phone"' in answer.text
    assert 'name="start" value="20261124T0900Z"' in answer.text
    assert not Appointment.objects.exists()


def test_without_a_time_nothing_is_booked_and_the_page_says_so(
    page: Page, service: Service
) -> None:
    answer = page.client.post(page.url, page.details())
    assert answer.status_code == 422
    assert "Choose a time first." in answer.text


def test_a_time_that_is_taken_says_why_and_offers_the_nearest(page: Page, service: Service) -> None:
    book(service, at("2026-11-24 10:00"))
    text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
    assert "Tuesday 24 November at 10:00 (Madrid) cannot be booked." in text
    assert "That time is already taken." in text
    assert "These are the nearest times." in text


@pytest.mark.parametrize(
    ("day", "time", "why"),
    [
        ("2026-11-23", "08:30", "That is too soon: online booking starts from Mon 23 Nov, 10:00"),
        ("2026-11-24", "20:00", "It is outside the opening hours"),
        ("2026-11-29", "10:00", "It is closed that day."),
        ("2026-11-24", "10:07", "Appointments do not start at that minute."),
        ("2027-06-01", "10:00", "The calendar is not open that far ahead yet."),
    ],
)
def test_a_time_typed_by_hand_says_why_it_is_not_offered(
    page: Page, service: Service, day: str, time: str, why: str
) -> None:
    assert why in page.client.get(page.url, {"day": day, "at": time}).text


def test_a_reading_that_the_clocks_jump_over_is_said_not_to_exist(
    page: Page, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(horizon_days=200)
    text = page.client.get(page.url, {"day": "2027-03-28", "at": "02:30"}).text
    assert "That night the clocks jump over this time, so it does not exist." in text


def test_a_typed_time_that_is_free_is_chosen(page: Page, service: Service) -> None:
    text = page.client.get(page.url, {"day": "2026-11-24", "at": "10:00"}).text
    assert 'name="start" value="20261124T0900Z"' in text
    assert "You can move or cancel it online until Monday 23 November at 10:00 (Madrid)." in text


def test_days_without_times_say_whether_they_are_full_or_closed(
    page: Page, service: Service, professional: Professional
) -> None:
    factories.set_hours(professional, (600, 630), days=range(2))
    book(service, at("2026-11-24 10:00"))
    text = page.client.get(page.url).text
    assert text.count("<small>full</small>") == 1
    assert text.count("<small>closed</small>") == 5


@pytest.mark.req("S4.16")
def test_where_clients_choose_times_are_read_in_the_devices_zone(
    page: Page, service: Service
) -> None:
    page.client.cookies["device_zone"] = "America%2FNew_York"
    text = page.client.get(page.url, {"day": "2026-11-24"}).text
    assert "New York time (EST)" in text
    assert slots(text)[0] == "03:00"
    assert "09:00 Madrid" in text
    page.client.post(page.url, page.details(start=TUESDAY_TEN))
    made = Appointment.objects.get()
    assert (made.zone, made.device_zone) == ("America/New_York", "America/New_York")


@pytest.mark.req("S4.16")
def test_a_chosen_zone_goes_before_the_devices(page: Page, service: Service) -> None:
    page.client.cookies["device_zone"] = "America/New_York"
    text = page.client.get(page.url, {"day": "2026-11-24", "zone": "Asia/Tokyo"}).text
    assert "Tokyo time (JST)" in text
    assert slots(text)[:1] == ["00:00"]  # Madrid's Monday afternoon is Tokyo's Tuesday
    assert "17:00" in slots(text)


@pytest.mark.req("S4.17")
def test_a_locked_business_reads_times_in_its_own_zone_only(
    page: Page, service: Service, business: Business
) -> None:
    set_policy(business=business, zone_mode=ZoneMode.LOCKED, by=factories.SYSTEM, now=factories.NOW)
    page.client.cookies["device_zone"] = "America/New_York"
    text = page.client.get(page.url, {"day": "2026-11-24", "zone": "Asia/Tokyo"}).text
    assert "Madrid time (CET)" in text
    assert "New York" not in text
    assert "Tokyo time" not in text
    assert 'name="zone"' not in text
    page.client.post(page.url, page.details(start=TUESDAY_TEN))
    assert Appointment.objects.get().zone == ""


def test_the_doubled_hour_is_labelled(
    page: Page, service: Service, professional: Professional
) -> None:
    Service.objects.filter(pk=service.pk).update(horizon_days=360)
    factories.set_hours(professional, (60, 240), days=range(7))
    text = page.client.get(page.url, {"day": "2027-10-31"}).text
    assert "first, CEST" in text
    assert "again, CET" in text
    assert slots(text).count("02:30") == 2


def test_an_address_that_looks_mistyped_is_asked_about_once(page: Page, service: Service) -> None:
    details = {**page.details(start=TUESDAY_TEN), "email": "luz@exmaple.com"}
    asked = page.client.post(page.url, details)
    assert asked.status_code == 422
    assert 'name="email_fix" value="luz@example.com"' in asked.text
    kept = page.client.post(page.url, {**details, "kept_email": "luz@exmaple.com"})
    assert kept.status_code == 302
    assert Appointment.objects.get().address_used == "luz@exmaple.com"


def test_one_tap_takes_the_corrected_address(page: Page, service: Service) -> None:
    details = {**page.details(start=TUESDAY_TEN), "email": "luz@exmaple.com"}
    page.client.post(page.url, {**details, "email_fix": "luz@example.com"})
    assert Appointment.objects.get().address_used == "luz@example.com"


def test_the_tip_while_typing_is_only_a_tip(page: Page, service: Service) -> None:
    answer = page.client.post(f"{page.url}email-check/", {"email": "luz@gmial.com"})
    assert 'value="luz@gmial.com"' in answer.text
    assert "luz@gmail.com" in answer.text
    fixed = page.client.post(
        f"{page.url}email-check/", {"email": "luz@gmial.com", "email_fix": "luz@gmail.com"}
    )
    assert 'value="luz@gmail.com"' in fixed.text
    assert "Perhaps you meant" not in fixed.text


def test_a_known_address_with_another_name_changes_nobodys_card(
    page: Page, service: Service, client_card: Card
) -> None:
    before = Card.objects.values().get(pk=client_card.pk)
    known = page.client.post(
        page.url, {**page.details(start=TUESDAY_TEN), "email": "ana@example.com"}
    )
    unknown = page.client.post(
        page.url, {**page.details(start="20261124T1000Z"), "email": "nobody@example.com"}
    )
    assert (known.status_code, unknown.status_code) == (302, 302)
    assert Card.objects.values().get(pk=client_card.pk) == before
    assert Card.objects.count() == 3


def test_the_phone_is_asked_as_the_policy_says(
    page: Page, service: Service, business: Business
) -> None:
    assert 'name="phone"' in page.client.get(page.url).text
    set_policy(
        business=business, phone_field=PhoneField.OFF, by=factories.SYSTEM, now=factories.NOW
    )
    assert 'name="phone"' not in page.client.get(page.url).text
    set_policy(
        business=business, phone_field=PhoneField.REQUIRED, by=factories.SYSTEM, now=factories.NOW
    )
    answer = page.client.post(page.url, page.details(start=TUESDAY_TEN))
    assert "Write your phone number." in answer.text


def test_a_service_on_approval_is_requested(
    page: Page, business: Business, professional: Professional
) -> None:
    factories.make_service(business, professionals=(professional,), needs_approval=True)
    assert "Send the request" in page.client.get(page.url, {"start": TUESDAY_TEN}).text
    answer = page.client.post(page.url, page.details(start=TUESDAY_TEN))
    assert Appointment.objects.get().status == Status.REQUESTED
    done = page.client.get(answer.headers["Location"]).text
    assert "Your request is with us, Luz" in done
    assert "Nothing is booked yet." in done


def test_a_group_says_how_many_places_are_left(
    page: Page, business: Business, professional: Professional
) -> None:
    yoga = factories.make_service(business, "Yoga", professionals=(professional,), capacity=2)
    factories.make_session(yoga, at("2026-11-24 10:00"), professional=professional)
    assert "2 places" in page.client.get(page.url).text
    book(yoga, at("2026-11-24 10:00"))
    assert "last place" in page.client.get(page.url).text
    book(yoga, at("2026-11-24 10:00"), client=factories.make_guest("Otra", "otra@example.com"))
    text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
    assert "All the places are taken." in text


def test_a_business_that_is_closed_online_gives_its_telephone(
    page: Page, service: Service, business: Business
) -> None:
    set_policy(business=business, online_booking=False, by=factories.SYSTEM, now=factories.NOW)
    text = page.client.get(page.url).text
    assert "Online booking is closed" in text
    assert "tel:+34910000000" in text


def test_an_unknown_choice_is_said_and_never_an_error(
    page: Page, service: Service, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        foreign = Service.objects.get()
    text = page.client.get(
        page.url,
        {
            "service": str(foreign.pk),
            "professional": "nonsense",
            "day": "31-31",
            "start": "x",
            "zone": "Mars",
        },
    ).text
    assert "This service cannot be booked at the moment." in text
    assert "Haircut" not in text


def test_an_unknown_business_is_not_found(visitor: Client, db: None) -> None:
    assert visitor.get("/nobody-here/").status_code == 404


def test_looking_changes_nothing(page: Page, service: Service) -> None:
    before = checksum()
    for query in ({}, {"start": TUESDAY_TEN}, {"day": "2026-11-24", "at": "03:00"}):
        assert page.client.get(page.url, query).status_code == 200
        assert page.client.head(page.url, query).status_code == 200
    assert checksum() == before


def test_the_number_of_queries_does_not_grow_with_the_offer(
    page: Page,
    business: Business,
    shared_service: Service,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(8):
        page.client.get(page.url)
    team = tuple(factories.make_professional(business, f"P{number}") for number in range(3))
    for number in range(3):
        factories.make_service(business, f"S{number}", professionals=team)
    service = factories.make_service(business, "Team", professionals=team)
    # Six more tell what the visitor will receive, and when.
    with django_assert_num_queries(14):
        page.client.get(page.url, {"service": str(service.pk), "start": TUESDAY_TEN})


def test_a_time_that_was_never_free_says_what_bars_it(page: Page, service: Service) -> None:
    details = {**page.details(start=TUESDAY_TEN), "start": "20261124T0507Z"}
    answer = page.client.post(page.url, details)
    assert answer.status_code == 409
    assert "Appointments do not start at that minute." in answer.text
    assert "It is outside the opening hours" in answer.text
    assert "Someone just took" not in answer.text


def test_whoever_would_do_only_the_nearest_miss_is_told(
    page: Page, shared_service: Service, professional: Professional, colleague: Professional
) -> None:
    factories.set_hours(colleague, (900, 1080))
    book(shared_service, at("2026-11-24 10:00"))
    text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
    assert "That time is already taken." in text
    assert "It is outside the opening hours" not in text
    named = page.client.get(
        page.url, {"start": TUESDAY_TEN, "professional": str(colleague.pk)}
    ).text
    assert "It is outside the opening hours" in named


def test_a_stranger_books_only_so_much_in_an_hour(
    page: Page, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientela.web.booking_page.limits.BOOKINGS_PER_HOUR", 1)
    first = page.client.post(page.url, page.details(start=TUESDAY_TEN), REMOTE_ADDR="203.0.113.9")
    second = page.client.post(
        page.url, page.details(start="20261124T1000Z"), REMOTE_ADDR="203.0.113.9"
    )
    assert (first.status_code, second.status_code) == (302, 429)
    assert "That was a lot at once." in second.text
    assert Appointment.objects.count() == 1
