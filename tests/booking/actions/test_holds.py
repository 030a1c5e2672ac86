"""Times that are held while their clients pay: nobody else has them, nobody is told, and they end one way or the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.booking.facts import event_names, masks_equal_recount, own_card, proved_account
from tests.factories import GUEST, NOW, STAFF, SYSTEM, at, book, hold, make_guest

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.confirm_request import confirm_request
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.decline_request import decline_request
from clientela.booking.actions.end_hold import end_hold
from clientela.booking.actions.end_holds import end_holds
from clientela.booking.actions.hide_appointment import hide_appointment
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.actions.take_from_hold import book_after_hold, take_from_hold
from clientela.booking.errors import ChangeRefused, HoldEnded, MoveNotAllowed, SlotTaken, StillAhead
from clientela.booking.models import Appointment, Occupancy, Seat, Session, Status
from clientela.booking.queries.appointments_told import appointments_told, held_by_card
from clientela.booking.queries.client_history import client_history
from clientela.booking.queries.clients_ahead import clients_ahead
from clientela.booking.queries.day_sheet import day_sheet
from clientela.booking.queries.own_appointments import own_appointment, own_appointments
from clientela.booking.queries.pending_redemption import pending_redemption
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.ledger.models import Redemption
from clientela.people.models import Client
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import system_scope

TUESDAY_TEN = at("2026-11-24 10:00")
LATER = NOW + timedelta(minutes=30)


def acts() -> list[str]:
    """What the trail says of appointments, in order."""
    found = AuditEvent.objects.filter(subject_type="booking.Appointment").order_by("id")
    return list(found.values_list("action", flat=True))


def test_a_held_time_is_nobody_elses_and_nobody_is_told(credit_service: Service) -> None:
    held = hold(credit_service, TUESDAY_TEN).appointment
    assert (held.status, held.held_until, held.redemption) == (Status.HELD, LATER, "none")
    with pytest.raises(SlotTaken):
        book(credit_service, TUESDAY_TEN, client=make_guest("Other Prueba", "other@example.com"))
    assert event_names() == []
    assert acts() == ["appointment-held"]


def test_when_the_money_is_there_it_is_booked_told_and_redeemed_once(
    credit_service: Service, client_card: Client
) -> None:
    factories.sell(client_card, credit_service)
    held = hold(credit_service, TUESDAY_TEN, client=client_card).appointment
    assert Redemption.objects.count() == 0
    for _ in range(2):
        taken = take_from_hold(appointment=held, by=SYSTEM, now=LATER)
    assert (taken.status, taken.redemption, taken.sequence) == (Status.CONFIRMED, "redeemed", 1)
    assert event_names() == ["AppointmentBooked"]
    assert acts() == ["appointment-held", "appointment-booked"]


def test_a_sale_in_the_same_act_may_do_the_redeeming(
    credit_service: Service, client_card: Client
) -> None:
    factories.sell(client_card, credit_service)
    held = hold(credit_service, TUESDAY_TEN, client=client_card).appointment
    taken = take_from_hold(appointment=held, redeems=False, by=SYSTEM, now=NOW)
    assert (taken.redemption, Redemption.objects.count()) == ("pending", 0)


def test_a_held_request_becomes_a_request(business: Business, professional: Professional) -> None:
    talk = factories.make_service(
        business, "Talk", professionals=(professional,), needs_approval=True
    )
    held = hold(talk, TUESDAY_TEN).appointment
    assert take_from_hold(appointment=held, by=SYSTEM, now=NOW).status == Status.REQUESTED
    assert event_names() == ["AppointmentRequested"]


def test_a_hold_that_ends_gives_its_time_back_in_silence(credit_service: Service) -> None:
    held = hold(credit_service, TUESDAY_TEN).appointment
    for _ in range(2):
        ended = end_hold(appointment=held, now=LATER)
    assert (ended.status, ended.cancelled_because, ended.cancelled_at) == (
        Status.CANCELLED,
        "not-paid",
        LATER,
    )
    assert event_names() == ["TimeFreed"]  # for the waiting list; nobody is told of the hold
    assert acts() == ["appointment-held", "hold-ended"]
    assert Occupancy.objects.count() == 0
    assert masks_equal_recount()
    with pytest.raises(HoldEnded):
        take_from_hold(appointment=held, by=SYSTEM, now=LATER)
    assert book(credit_service, TUESDAY_TEN)


def test_what_is_booked_already_is_no_hold_to_end(credit_service: Service) -> None:
    row = book(credit_service, TUESDAY_TEN).appointment
    assert end_hold(appointment=row, now=LATER).status == Status.CONFIRMED


def test_the_job_ends_what_is_due_and_a_held_time_is_the_clients_until_then(
    credit_service: Service,
) -> None:
    due = hold(credit_service, TUESDAY_TEN).appointment
    longer = hold(
        credit_service,
        at("2026-11-24 11:00"),
        minutes=31,
        client=make_guest("Slow Prueba", "slow@example.com"),
    ).appointment
    with system_scope("the job's"):
        assert end_holds(now=LATER - timedelta(seconds=1)) == 0
        assert end_holds(now=LATER) == 1
    assert Appointment.objects.get(pk=due.pk).status == Status.CANCELLED
    # Not ended yet: late money still takes it.
    assert take_from_hold(appointment=longer, by=SYSTEM, now=NOW + timedelta(hours=1))


def test_a_seat_is_held_and_given_back_with_the_session_it_opened(
    business: Business, professional: Professional
) -> None:
    yoga = factories.make_service(
        business, "Yoga", professionals=(professional,), capacity=2, opens_sessions=True
    )
    held = hold(yoga, TUESDAY_TEN).appointment
    assert Seat.objects.get().appointment_id == held.pk
    end_hold(appointment=held, now=LATER)
    assert not Seat.objects.exists()
    assert Session.objects.get().cancelled_at == LATER


def test_money_after_the_end_books_the_same_again_if_it_can(
    credit_service: Service, client_card: Client
) -> None:
    held = hold(credit_service, TUESDAY_TEN, client=client_card, client_note="My knee").appointment
    end_hold(appointment=held, now=LATER)
    again = book_after_hold(appointment=held, by=SYSTEM, now=LATER)
    assert again.pk != held.pk
    assert (again.status, again.starts_at, again.client_id, again.client_note) == (
        Status.CONFIRMED,
        TUESDAY_TEN,
        client_card.pk,
        "My knee",
    )
    assert book_after_hold(appointment=held, by=SYSTEM, now=LATER).pk == again.pk
    assert again.redemption == "pending"
    assert event_names() == ["TimeFreed", "AppointmentBooked"]


@pytest.mark.parametrize(("redeems", "expected"), [(True, "redeemed"), (False, "pending")])
def test_what_is_booked_after_the_end_leaves_the_credit_to_a_sale_if_asked(
    credit_service: Service, client_card: Client, *, redeems: bool, expected: str
) -> None:
    factories.sell(client_card, credit_service)
    held = hold(credit_service, TUESDAY_TEN, client=client_card).appointment
    end_hold(appointment=held, now=LATER)
    again = book_after_hold(appointment=held, redeems=redeems, by=SYSTEM, now=LATER)
    assert again.redemption == expected


def test_money_after_the_end_does_not_take_somebody_elses_time(
    credit_service: Service, client_card: Client
) -> None:
    held = hold(credit_service, TUESDAY_TEN, client=client_card).appointment
    end_hold(appointment=held, now=LATER)
    book(credit_service, TUESDAY_TEN)
    with transaction.atomic(), pytest.raises(SlotTaken):
        book_after_hold(appointment=held, by=SYSTEM, now=LATER)
    with pytest.raises(HoldEnded):
        book_after_hold(appointment=held, by=SYSTEM, now=TUESDAY_TEN)


@pytest.mark.parametrize("ended", [False, True])
def test_what_was_never_booked_is_on_nobodys_list(
    business: Business, credit_service: Service, client_card: Client, *, ended: bool
) -> None:
    ana = proved_account("ana@example.com", "Ana Prueba")
    own_card(client_card, ana)
    held = hold(credit_service, TUESDAY_TEN, client=client_card).appointment
    if ended:
        end_hold(appointment=held, now=LATER)
    found = own_appointments(account_id=ana.pk, now=LATER)
    assert (list(found.upcoming), list(found.past)) == ([], [])
    assert own_appointment(account_id=ana.pk, appointment_id=held.pk) is None
    assert client_history(client_card) == []
    assert appointments_told(card=client_card) == []
    assert held_by_card(account_id=ana.pk, now=NOW) == {}
    assert clients_ahead(now=NOW) == 0
    assert pending_redemption(client_id=client_card.pk) == []
    sheet = day_sheet(
        business=business, from_at=at("2026-11-24 00:00"), until_at=at("2026-11-25 00:00")
    )
    assert sheet.appointments == ([] if ended else [held])  # the desk's day shows it, marked


def test_a_held_time_is_neither_cancelled_nor_hidden_by_its_client(service: Service) -> None:
    held = hold(service, TUESDAY_TEN).appointment
    with pytest.raises(ChangeRefused) as refused:
        cancel_appointment(appointment=held, by=GUEST, door="manage-link", now=NOW)
    assert refused.value.reason == "not-open"
    with pytest.raises(StillAhead):
        hide_appointment(appointment=held, by=GUEST, now=NOW)


def test_the_staff_neither_answer_nor_note_nor_cancel_what_is_only_held(service: Service) -> None:
    held = hold(service, TUESDAY_TEN).appointment
    with pytest.raises(ChangeRefused):
        cancel_appointment(appointment=held, by=STAFF, door="desk", now=NOW)
    with pytest.raises(ChangeRefused):
        reschedule_appointment(
            appointment=held, starts_at=at("2026-11-25 10:00"), by=STAFF, door="desk", now=NOW
        )
    for act in (confirm_request, decline_request, mark_attended, mark_no_show):
        with pytest.raises(MoveNotAllowed):
            act(appointment=held, by=STAFF, now=TUESDAY_TEN)
    with pytest.raises(MoveNotAllowed):
        correct_status(appointment=held, to=Status.CONFIRMED, by=STAFF, now=TUESDAY_TEN)
    assert Appointment.objects.get(pk=held.pk).status == Status.HELD
