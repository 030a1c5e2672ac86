"""Moving: the old time is kept until the new one is won, and the policy is asked in the action."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.booking.facts import event_names, masks_equal_recount, overlaps
from tests.cast import Person
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.confirm_attendance import confirm_attendance
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.errors import ChangeRefused, NotBookable, SlotTaken
from clientela.booking.models import Appointment, Occupancy
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.platform.models import OutboxEvent
from clientela.platform.payload import decode

TUESDAY_TEN = at("2026-11-24 10:00")
FRIDAY_NINE = at("2026-11-27 09:00")


def move(appointment: Appointment, to: object, **fields: object) -> Appointment:
    fields = {"by": GUEST, "door": "manage-link", "now": NOW, **fields}
    return reschedule_appointment(appointment=appointment, starts_at=to, **fields)


def test_a_move_keeps_identity_and_link_and_tells_what_it_was_before(service: Service) -> None:
    booked = book(service, FRIDAY_NINE, zone="Europe/Rome")
    moved = move(booked.appointment, at("2026-11-26 16:00"), device_zone="Europe/Lisbon")
    assert (moved.pk, moved.sequence) == (booked.appointment.pk, 1)
    assert (moved.promised_local, moved.zone, moved.device_zone) == (
        "2026-11-26T16:00",
        "Europe/Rome",
        "Europe/Lisbon",
    )
    assert moved.ends_at - moved.starts_at == timedelta(minutes=30)
    assert appointment_by_link(booked.link_token) == moved
    taken = Occupancy.objects.get()
    assert (taken.starts_at, taken.ends_at) == (moved.starts_at, moved.ends_at)
    assert masks_equal_recount()
    told = OutboxEvent.objects.get(name="booking.AppointmentRescheduled")
    assert decode(told.payload) == {
        "business_id": moved.business_id,
        "appointment_id": moved.pk,
        "sequence": 1,
        "by": "guest",
        "previous_starts_at": FRIDAY_NINE,
        "previous_location_id": moved.location_id,
        "previous_professional_id": moved.professional_id,
    }


def test_a_move_that_fails_changes_nothing(service: Service) -> None:
    first = book(service, TUESDAY_TEN).appointment
    second = book(service, FRIDAY_NINE).appointment
    with pytest.raises(SlotTaken) as refused:
        move(second, TUESDAY_TEN)
    assert refused.value.alternatives
    kept = Appointment.objects.get(pk=second.pk)
    assert (kept.starts_at, kept.sequence) == (FRIDAY_NINE, 0)
    assert event_names() == ["AppointmentBooked", "AppointmentBooked"]
    assert set(Occupancy.objects.values_list("appointment_id", flat=True)) == {first.pk, second.pk}
    assert masks_equal_recount()


def test_an_appointment_may_move_into_its_own_time(service: Service) -> None:
    update_service(service=service, duration_minutes=60, by=STAFF, now=NOW)
    row = book(service, FRIDAY_NINE).appointment
    moved = move(row, FRIDAY_NINE + timedelta(minutes=15))
    assert moved.promised_local == "2026-11-27T09:15"
    assert masks_equal_recount()


def test_moving_to_where_it_is_changes_nothing(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    assert move(row, FRIDAY_NINE).sequence == 0
    assert event_names() == ["AppointmentBooked"]


def test_the_desk_moves_to_a_colleague(
    shared_service: Service, professional: Professional, colleague: Professional, desk: Person
) -> None:
    row = book(shared_service, FRIDAY_NINE, professional=professional).appointment
    moved = move(row, FRIDAY_NINE, professional=colleague, by=desk.actor)
    assert moved.professional == colleague
    assert set(Occupancy.objects.values_list("resource_id", flat=True)) == {colleague.pk}
    assert masks_equal_recount()


def test_without_a_professional_the_same_one_stays(
    shared_service: Service, professional: Professional, colleague: Professional
) -> None:
    row = book(shared_service, FRIDAY_NINE, professional=professional).appointment
    book(shared_service, TUESDAY_TEN, professional=professional)
    with pytest.raises(SlotTaken):
        move(row, TUESDAY_TEN)


@pytest.mark.req("S3.26", "S3.27")
def test_after_the_cut_off_a_guest_is_refused_with_the_policy_and_a_contact(
    service: Service,
) -> None:
    row = book(service, FRIDAY_NINE).appointment
    late = FRIDAY_NINE - timedelta(hours=24) + timedelta(seconds=1)
    with pytest.raises(ChangeRefused) as refused:
        move(row, at("2026-11-30 10:00"), now=late)
    assert (refused.value.reason, refused.value.closes_at, refused.value.contact) == (
        "too-late",
        FRIDAY_NINE - timedelta(hours=24),
        "+34 910 000 000",
    )
    exactly = FRIDAY_NINE - timedelta(hours=24)
    assert move(row, at("2026-11-30 10:00"), now=exactly).sequence == 1


@pytest.mark.req("S3.28")
@pytest.mark.parametrize("may_move", [True, False])
@pytest.mark.parametrize("may_cancel", [True, False])
def test_moving_and_cancelling_are_separate_switches(
    business: Business, service: Service, may_move: bool, may_cancel: bool
) -> None:
    set_policy(
        business=business,
        client_may_reschedule=may_move,
        client_may_cancel=may_cancel,
        by=STAFF,
        now=NOW,
    )
    row = book(service, FRIDAY_NINE).appointment
    outcomes = []
    for change in (
        lambda: move(row, at("2026-11-30 10:00")),
        lambda: cancel_appointment(appointment=row, by=GUEST, door="manage-link", now=NOW),
    ):
        try:
            change()
            outcomes.append("done")
        except ChangeRefused as refused:
            outcomes.append(refused.reason)
    assert outcomes == [
        "done" if may_move else "switched-off",
        "done" if may_cancel else "switched-off",
    ]


def test_a_services_own_cut_off_goes_first(service: Service) -> None:
    update_service(service=service, reschedule_closes_minutes=60, by=STAFF, now=NOW)
    row = book(service, FRIDAY_NINE).appointment
    assert move(row, at("2026-11-30 10:00"), now=FRIDAY_NINE - timedelta(hours=1)).sequence == 1


def test_a_cancelled_appointment_cannot_be_moved_even_by_the_desk(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    cancel_appointment(appointment=row, by=STAFF, door="desk", now=NOW)
    with pytest.raises(ChangeRefused) as refused:
        move(row, TUESDAY_TEN, by=STAFF)
    assert refused.value.reason == "not-open"


def test_a_guest_moves_only_to_what_is_offered(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    with pytest.raises(NotBookable):
        move(row, at("2026-11-28 10:00"))


def test_moving_asks_anew_whether_the_client_comes(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    confirm_attendance(appointment=row, by=GUEST, door="manage-link", now=NOW)
    assert move(row, TUESDAY_TEN).client_confirmed_at is None


def test_the_same_key_moves_once(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    move(row, TUESDAY_TEN, idempotency_key="m-1")
    move(row, FRIDAY_NINE)
    assert move(row, TUESDAY_TEN, idempotency_key="m-1").starts_at == FRIDAY_NINE


def test_two_appointments_cannot_simply_trade_places(service: Service) -> None:
    one = book(service, TUESDAY_TEN).appointment
    other = book(service, FRIDAY_NINE, client=factories.make_guest("Rosa", "r@example.com"))
    with pytest.raises(SlotTaken):
        move(one, FRIDAY_NINE)
    with pytest.raises(SlotTaken):
        move(other.appointment, TUESDAY_TEN)
    assert overlaps() == []
