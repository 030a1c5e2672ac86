"""Booking: what is written, what is refused, and that asking twice acts once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests import factories
from tests.booking.facts import event_names, masks_equal_recount, overlaps
from tests.cast import Person
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.occupy import occupy
from clientela.booking.actions.overrides import Overrides
from clientela.booking.errors import LocationMissing, NotBookable, SlotTaken, ZoneUnknown
from clientela.booking.guest import Guest
from clientela.booking.links import manage_url, token_of
from clientela.booking.models import Appointment, Channel, Occupancy, Status
from clientela.business.actions.set_policy import set_policy
from clientela.business.actions.update_location import update_location
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.people.errors import EmailInvalid, NameMissing
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.idempotency import KeyReused
from clientela.platform.models import AuditEvent
from clientela.rules.clock_time import tzdata_version
from clientela.rules.unavailability import Unavailable

TUESDAY_TEN = at("2026-11-24 10:00")


def test_a_guest_books_and_the_promise_is_kept_in_full(
    business: Business, location: Location, professional: Professional, service: Service
) -> None:
    booked = book(
        service, TUESDAY_TEN, zone="America/New_York", device_zone="Asia/Tokyo", language="it"
    )
    row = Appointment.objects.get()
    assert booked.appointment == row
    assert booked.replayed is False
    assert (row.status, row.starts_at, row.ends_at) == (
        Status.CONFIRMED,
        TUESDAY_TEN,
        TUESDAY_TEN + timedelta(minutes=30),
    )
    assert (row.promised_local, row.promised_zone, row.tzdata) == (
        "2026-11-24T10:00",
        "Europe/Madrid",
        tzdata_version(),
    )
    assert (row.zone, row.device_zone, row.language) == ("America/New_York", "Asia/Tokyo", "it")
    assert (row.channel, row.door, row.address_used) == (
        Channel.WEB,
        "booking-page",
        "luz@example.com",
    )
    assert (row.professional, row.location, row.client.record_name) == (
        professional,
        location,
        "Luz Prueba",
    )
    assert row.assigned_because == {"reason": "asked-for"}
    assert event_names() == ["AppointmentBooked"]
    assert masks_equal_recount()


def test_buffers_are_occupied_around_the_appointment(service: Service) -> None:
    update_service(
        service=service, buffer_before_minutes=5, buffer_after_minutes=10, by=STAFF, now=NOW
    )
    book(service, TUESDAY_TEN)
    taken = Occupancy.objects.get()
    assert taken.starts_at == TUESDAY_TEN - timedelta(minutes=5)
    assert taken.ends_at == TUESDAY_TEN + timedelta(minutes=40)


def test_the_manage_link_is_derived_and_stored_only_hashed(service: Service) -> None:
    booked = book(service, TUESDAY_TEN)
    row = booked.appointment
    assert token_of(row) == booked.link_token
    assert len(booked.link_token) * 6 >= 128
    stored = {str(value) for value in Appointment.objects.values_list().get()}
    assert booked.link_token not in stored
    assert manage_url(row).endswith(f"/fisio-retiro/a/{booked.link_token}/")


def test_the_second_booker_is_told_what_is_near_and_free(service: Service) -> None:
    book(service, TUESDAY_TEN)
    with pytest.raises(SlotTaken) as refused:
        book(service, TUESDAY_TEN, client=factories.make_guest("Rosa", "rosa@example.com"))
    assert refused.value.reason == "slot-taken"
    assert [why.reason for why in refused.value.reasons] == [Unavailable.PROFESSIONAL_BUSY]
    starts = [slot.starts_at for slot in refused.value.alternatives]
    assert starts == [
        at(f"2026-11-24 {clock}")
        for clock in ("09:00", "09:15", "09:30", "10:30", "10:45", "11:00")
    ]
    assert Appointment.objects.count() == 1
    assert not Client.objects.filter(record_name="Rosa").exists()


@pytest.mark.parametrize("minutes", [-25, -10, 0, 10, 25])
def test_a_start_that_overlaps_is_refused_to_the_desk_too(service: Service, minutes: int) -> None:
    book(service, TUESDAY_TEN)
    with pytest.raises(SlotTaken):
        book(service, TUESDAY_TEN + timedelta(minutes=minutes), by=STAFF)
    assert overlaps() == []


def test_an_override_never_sets_aside_that_the_time_is_taken(service: Service) -> None:
    book(service, TUESDAY_TEN)
    everything = Overrides(outside_hours=True, window=True, off_grid=True)
    with pytest.raises(SlotTaken):
        book(service, TUESDAY_TEN, by=STAFF, overrides=everything)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2026-11-20 10:00", Unavailable.PAST),
        ("2026-11-23 09:00", Unavailable.LEAD_TIME),
        ("2027-03-29 10:00", Unavailable.BEYOND_HORIZON),
        ("2026-11-24 10:05", Unavailable.NOT_ON_GRID),
        ("2026-11-24 12:15", Unavailable.OUTSIDE_HOURS),
        ("2026-11-28 10:00", Unavailable.CLOSED),
    ],
)
def test_the_rules_refuse_a_guest_with_the_word(
    service: Service, when: str, reason: Unavailable
) -> None:
    with pytest.raises(NotBookable) as refused:
        book(service, at(when))
    assert refused.value.reason == reason
    assert Appointment.objects.count() == 0


def test_a_naive_or_odd_start_is_never_booked(service: Service) -> None:
    with pytest.raises(NotBookable):
        book(service, TUESDAY_TEN + timedelta(minutes=1), by=STAFF)


def test_another_offset_is_the_same_instant(service: Service) -> None:
    tokyo = factories.at("2026-11-24 18:00", "Asia/Tokyo")
    assert book(service, tokyo).appointment.promised_local == "2026-11-24T10:00"


def test_staff_book_at_short_notice_and_off_the_grid(service: Service) -> None:
    booked = book(service, at("2026-11-23 09:05"), by=STAFF, channel=Channel.STAFF, door="desk")
    assert booked.appointment.promised_local == "2026-11-23T09:05"


def test_staff_book_outside_hours_only_on_purpose_and_it_is_audited(
    service: Service, desk: Person
) -> None:
    evening = at("2026-11-24 20:00")
    with pytest.raises(NotBookable):
        book(service, evening, by=desk.actor)
    book(service, evening, by=desk.actor, overrides=Overrides(outside_hours=True))
    line = AuditEvent.objects.get(action="appointment-booked")
    assert line.details["overrides"] == ["outside_hours"]


def test_a_program_with_a_token_is_bound_by_the_window(service: Service) -> None:
    with pytest.raises(NotBookable):
        book(service, at("2026-11-23 09:00"), by=Actor.api("website"))
    allowed = Overrides(window=True)
    assert book(service, at("2026-11-23 09:00"), by=Actor.api("website"), overrides=allowed)


def test_a_switched_off_business_takes_no_guests_but_the_desk_works(
    business: Business, service: Service
) -> None:
    set_policy(business=business, online_booking=False, by=STAFF, now=NOW)
    with pytest.raises(NotBookable) as refused:
        book(service, TUESDAY_TEN)
    assert refused.value.reason == "online-booking-off"
    assert book(service, TUESDAY_TEN, by=STAFF)


def test_an_archived_service_is_offered_to_nobody(service: Service) -> None:
    update_service(service=service, is_active=False, by=STAFF, now=NOW)
    for by in (GUEST, STAFF):
        with pytest.raises(NotBookable) as refused:
            book(service, TUESDAY_TEN, by=by)
        assert refused.value.reason == "service-not-offered"


def test_somebody_who_does_not_give_the_service_cannot_be_asked_for(
    service: Service, colleague: Professional
) -> None:
    with pytest.raises(NotBookable) as refused:
        book(service, TUESDAY_TEN, professional=colleague)
    assert refused.value.reason == "professional-not-offered"


@pytest.mark.req("S4.19")
def test_each_location_keeps_its_own_clock(
    business: Business, location: Location, service: Service, professional: Professional
) -> None:
    island = factories.make_location(business, "Las Palmas", zone="Atlantic/Canary")
    colleague = factories.make_professional(business, "Tomás", hours=False)
    factories.set_hours(colleague, location=island)
    there = factories.make_service(business, "Masaje", professionals=(colleague,))
    on_the_island = at("2026-11-24 10:00", "Atlantic/Canary")
    assert on_the_island == TUESDAY_TEN + timedelta(hours=1)
    made = [
        book(service, TUESDAY_TEN, location=location).appointment,
        book(there, on_the_island, location=island).appointment,
    ]
    assert [(one.promised_local, one.promised_zone) for one in made] == [
        ("2026-11-24T10:00", "Europe/Madrid"),
        ("2026-11-24T10:00", "Atlantic/Canary"),
    ]
    opening = at("2026-11-24 09:00", "Atlantic/Canary")
    with pytest.raises(NotBookable):  # open in Madrid by then, not yet there
        book(there, opening - timedelta(hours=1), location=island)
    assert book(there, opening, location=island).appointment.location == island


def test_a_closed_location_is_a_refusal_not_an_error(location: Location, service: Service) -> None:
    update_location(location=location, is_active=False, by=STAFF, now=NOW)
    with pytest.raises(LocationMissing):
        book(service, TUESDAY_TEN)


def test_bad_input_writes_nothing(service: Service) -> None:
    for guest, refusal in (
        (Guest("", "luz@example.com"), NameMissing),
        (Guest("Luz", "not an address"), EmailInvalid),
    ):
        with pytest.raises(refusal):
            book(service, TUESDAY_TEN, client=guest)
    with pytest.raises(ZoneUnknown):
        book(service, TUESDAY_TEN, zone="Mars/Olympus")
    assert (Appointment.objects.count(), Client.objects.count(), event_names()) == (0, 0, [])
    assert Occupancy.objects.count() == 0
    assert masks_equal_recount()


def test_an_account_is_kept_beside_the_card(service: Service, client_card: Client) -> None:
    account: Account = factories.make_account("ana@example.com", "Ana")
    row = book(service, TUESDAY_TEN, client=client_card, account=account).appointment
    assert (row.client, row.account, row.address_used) == (client_card, account, "")


def test_any_professional_is_assigned_and_it_says_why(
    shared_service: Service, professional: Professional, colleague: Professional
) -> None:
    first = book(shared_service, TUESDAY_TEN).appointment
    second = book(shared_service, at("2026-11-24 11:00")).appointment
    assert [first.professional, second.professional] == [professional, colleague]
    assert first.assigned_because["reason"] == "first-in-order"
    assert second.assigned_because["reason"] == "fewest-booked-minutes"
    assert second.assigned_because["compared"] == [
        {"professional": str(colleague.pk), "booked_minutes": 0},
        {"professional": str(professional.pk), "booked_minutes": 30},
    ]


def test_any_falls_to_the_only_one_free(
    shared_service: Service, professional: Professional, colleague: Professional
) -> None:
    book(shared_service, TUESDAY_TEN, professional=professional)
    row = book(shared_service, TUESDAY_TEN).appointment
    assert (row.professional, row.assigned_because["reason"]) == (colleague, "only-one-free")
    with pytest.raises(SlotTaken):
        book(shared_service, TUESDAY_TEN)


def test_rooms_and_machines_are_taken_with_the_professional(
    business: Business, professional: Professional, colleague: Professional
) -> None:
    room, other = factories.make_room(business), factories.make_room(business, "Sala 2")
    ultrasound = factories.make_room(business, "Ultrasonido")
    service = factories.make_service(
        business,
        "Eco",
        professionals=(professional, colleague),
        needs=(("Sala", [room, other]), ("Máquina", [ultrasound])),
    )
    row = book(service, TUESDAY_TEN).appointment
    held = set(Occupancy.objects.values_list("resource_id", flat=True))
    assert held == {row.professional_id, room.pk, ultrasound.pk}
    with pytest.raises(SlotTaken) as refused:
        book(service, TUESDAY_TEN)
    assert [why.kind for why in refused.value.reasons] == ["Máquina"]
    assert masks_equal_recount()


def test_a_service_that_needs_approval_makes_a_request_that_holds_its_time(
    business: Business, professional: Professional
) -> None:
    talk = factories.make_service(
        business, "Primera charla", professionals=(professional,), needs_approval=True
    )
    row = book(talk, TUESDAY_TEN).appointment
    assert row.status == Status.REQUESTED
    assert event_names() == ["AppointmentRequested"]
    with pytest.raises(SlotTaken):
        book(talk, TUESDAY_TEN)
    assert book(talk, at("2026-11-24 11:00"), by=STAFF).appointment.status == Status.CONFIRMED


def test_the_same_key_books_once_and_answers_the_same(service: Service) -> None:
    first = book(service, TUESDAY_TEN, idempotency_key="k-1")
    again = book(service, TUESDAY_TEN, idempotency_key="k-1")
    assert again.replayed is True
    assert (again.appointment, again.link_token) == (first.appointment, first.link_token)
    assert Appointment.objects.count() == 1
    assert event_names() == ["AppointmentBooked"]


def test_the_same_key_with_another_wish_is_refused(service: Service) -> None:
    book(service, TUESDAY_TEN, idempotency_key="k-1")
    with pytest.raises(KeyReused):
        book(service, at("2026-11-24 11:00"), idempotency_key="k-1")
    assert Appointment.objects.count() == 1


def test_a_refused_attempt_leaves_its_key_free(service: Service) -> None:
    first = book(service, TUESDAY_TEN).appointment
    with pytest.raises(SlotTaken):
        book(service, TUESDAY_TEN, idempotency_key="k-2")
    first.occupancies.all().delete()
    from clientela.booking.models import BusyBlock  # noqa: PLC0415 -- only this test breaks the mask

    BusyBlock.objects.all().delete()
    assert book(service, TUESDAY_TEN, idempotency_key="k-2").replayed is False


def test_the_database_itself_refuses_an_overlap(service: Service) -> None:
    row = book(service, TUESDAY_TEN).appointment
    with pytest.raises(IntegrityError, match="occupancy_no_overlap"), transaction.atomic():
        occupy(
            holder=row,
            resource_ids=[row.professional_id],
            starts_at=TUESDAY_TEN + timedelta(minutes=25),
            ends_at=TUESDAY_TEN + timedelta(minutes=60),
        )


def test_an_overlap_that_slips_past_the_rules_is_refused_with_alternatives(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(service, TUESDAY_TEN)
    monkeypatch.setattr(
        "clientela.booking.queries.engine_needs.busy_masks",
        lambda *, resource_ids, **_: dict.fromkeys(resource_ids, 0),
    )
    with pytest.raises(SlotTaken):
        book(service, TUESDAY_TEN)
    assert Appointment.objects.count() == 1


def test_of_a_doubled_hour_both_starts_are_different_appointments(
    business: Business, professional: Professional
) -> None:
    factories.set_hours(professional, (0, 1440), days=range(7))
    service = factories.make_service(business, professionals=(professional,), horizon_days=365)
    first = at("2026-10-25 02:00")
    night = NOW - timedelta(days=60)
    rows = [
        book(service, first + timedelta(minutes=minutes), now=night).appointment
        for minutes in (0, 60)
    ]
    assert [row.promised_local for row in rows] == ["2026-10-25T02:00"] * 2
    assert rows[1].starts_at - rows[0].starts_at == timedelta(hours=1)


def test_booking_takes_as_many_queries_with_fifty_bookings_as_with_one(
    service: Service, django_assert_max_num_queries: object
) -> None:
    from django.db import connection  # noqa: PLC0415 -- only this test counts
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- likewise

    def count(day: str, clock: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            book(service, at(f"{day} {clock}"))
        return len(seen)

    first = count("2026-11-24", "10:00")
    for hour in range(9, 12):
        for day in range(25, 28):
            book(service, at(f"2026-11-{day} {hour:02}:00"))
    assert count("2026-11-30", "10:00") <= first


def test_the_outsider_cannot_book_with_our_service(next_door: Business, service: Service) -> None:
    from clientela.platform.tenancy import business_scope  # noqa: PLC0415 -- the outsider's

    with business_scope(next_door.pk), pytest.raises(LocationMissing):
        book(service, TUESDAY_TEN)
    assert Appointment.objects.count() == 0
