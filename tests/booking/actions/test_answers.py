"""What the staff and the client say of an appointment after it was made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.booking.facts import event_names, masks_equal_recount
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.confirm_attendance import confirm_attendance
from clientela.booking.actions.confirm_request import confirm_request
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.decline_request import decline_request
from clientela.booking.actions.expire_requests import expire_requests
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.actions.move_to import move_to
from clientela.booking.errors import (
    ChangeRefused,
    MoveNotAllowed,
    StaffOnly,
    StaleState,
    TooEarly,
)
from clientela.booking.jobs import expire
from clientela.booking.models import Appointment, Occupancy, Status
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.platform.tenancy import system_scope

FRIDAY_NINE = at("2026-11-27 09:00")


@pytest.fixture
def talk(business: Business, professional: Professional) -> Service:
    return factories.make_service(
        business, "Primera charla", professionals=(professional,), needs_approval=True
    )


def test_a_request_is_confirmed_once(talk: Service) -> None:
    row = book(talk, FRIDAY_NINE).appointment
    for _ in range(2):
        assert confirm_request(appointment=row, by=STAFF, now=NOW).status == Status.CONFIRMED
    assert event_names() == ["AppointmentRequested", "RequestConfirmed"]
    assert Occupancy.objects.count() == 1


def test_a_declined_request_gives_its_time_back(talk: Service) -> None:
    row = book(talk, FRIDAY_NINE).appointment
    assert decline_request(appointment=row, by=STAFF, now=NOW).cancelled_because == "declined"
    with pytest.raises(MoveNotAllowed):
        confirm_request(appointment=row, by=STAFF, now=NOW)
    assert book(talk, FRIDAY_NINE)
    assert masks_equal_recount()


@pytest.mark.parametrize("act", [confirm_request, decline_request, mark_attended, mark_no_show])
def test_a_client_cannot_speak_for_the_business(talk: Service, act: object) -> None:
    row = book(talk, FRIDAY_NINE).appointment
    with pytest.raises(StaffOnly):
        act(appointment=row, by=GUEST, now=FRIDAY_NINE)


def test_requests_nobody_answered_end_with_their_start(talk: Service, service: Service) -> None:
    due = book(talk, FRIDAY_NINE).appointment
    later = book(talk, FRIDAY_NINE + timedelta(hours=1)).appointment
    book(service, FRIDAY_NINE + timedelta(hours=2))
    with system_scope("the job's"):
        assert expire_requests(now=FRIDAY_NINE - timedelta(seconds=1)) == 0
    assert expire(FRIDAY_NINE) == 1
    assert expire(FRIDAY_NINE) == 0
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.status, due.cancelled_because) == (Status.DECLINED, "not-answered")
    assert later.status == Status.REQUESTED


def test_attendance_is_noted_from_the_start_on(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    with pytest.raises(TooEarly):
        mark_attended(appointment=row, by=STAFF, now=FRIDAY_NINE - timedelta(seconds=1))
    assert mark_attended(appointment=row, by=STAFF, now=FRIDAY_NINE).status == Status.ATTENDED
    assert event_names()[-1] == "AppointmentAttended"
    assert Occupancy.objects.count() == 1


def test_a_no_show_is_corrected_and_the_correction_is_its_own_fact(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    mark_no_show(appointment=row, by=STAFF, now=FRIDAY_NINE)
    with pytest.raises(MoveNotAllowed):
        mark_attended(appointment=row, by=STAFF, now=FRIDAY_NINE)
    fixed = correct_status(
        appointment=row, to=Status.ATTENDED, by=STAFF, reason_text="was late", now=FRIDAY_NINE
    )
    assert fixed.status == Status.ATTENDED
    assert event_names()[-2:] == ["AppointmentMissed", "AppointmentCorrected"]
    with pytest.raises(MoveNotAllowed):
        correct_status(appointment=row, to=Status.CANCELLED, by=STAFF, now=FRIDAY_NINE)


def test_the_client_says_they_are_coming(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    for _ in range(2):
        said = confirm_attendance(appointment=row, by=GUEST, door="manage-link", now=NOW)
        assert said.client_confirmed_at == NOW
    assert event_names() == ["AppointmentBooked", "AppointmentConfirmedByClient"]
    other = book(service, at("2026-11-27 11:00")).appointment
    with pytest.raises(ChangeRefused) as refused:
        confirm_attendance(appointment=other, by=GUEST, door="x", now=at("2026-11-27 11:00"))
    assert refused.value.reason == "already-past"


def test_a_change_made_meanwhile_is_stale_not_overwritten(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    Appointment.objects.filter(pk=row.pk).update(sequence=5)
    with pytest.raises(StaleState), transaction.atomic():
        move_to(appointment=row, new=Status.CANCELLED, now=NOW)


def test_a_change_that_waited_while_the_appointment_moved_is_stale(
    shared_service: Service,
    professional: Professional,
    colleague: Professional,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What to lock is read before the lock: if it is no longer all, nothing may be written."""
    row = book(shared_service, FRIDAY_NINE, professional=professional).appointment

    def somebody_moves_it(**_: object) -> None:
        Occupancy.objects.filter(appointment=row).update(resource=colleague.pk)

    monkeypatch.setattr("clientela.booking.actions.move_to.lock_keys", somebody_moves_it)
    with pytest.raises(StaleState):
        cancel_appointment(appointment=row, by=STAFF, door="desk", now=NOW)
