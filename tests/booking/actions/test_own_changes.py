"""What a person signed in may change of their appointments: the same switches and cut-offs as by any door."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from tests.booking.facts import own_card, proved_account
from tests.factories import NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.confirm_attendance import confirm_attendance
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.errors import ChangeRefused
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.own_appointments import own_appointments
from clientela.business.models import BookingPolicy
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor

FRIDAY_NINE = at("2026-11-27 09:00")
THURSDAY_TEN = at("2026-11-26 10:00")
DOOR = "client-pages"
TICK = timedelta(microseconds=1)


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in."""
    return proved_account("ana@example.com", "Ana Prueba")


@pytest.fixture
def visit(service: Service, client_card: Client, ana: Account) -> Appointment:
    """Ana comes on Friday at nine."""
    return book(service, FRIDAY_NINE, client=own_card(client_card, ana), by=STAFF).appointment


@pytest.mark.req("S3.5", "S3.28")
@pytest.mark.parametrize(("may_move", "may_cancel"), list(product((True, False), repeat=2)))
def test_moving_and_cancelling_are_switched_apart_and_the_list_says_the_same(
    visit: Appointment, ana: Account, *, may_move: bool, may_cancel: bool
) -> None:
    BookingPolicy.objects.update(client_may_reschedule=may_move, client_may_cancel=may_cancel)
    me = Actor.client(ana.pk)
    told = own_appointments(account_id=ana.pk, now=NOW).options[visit.pk]
    assert (told.reschedule.allowed, told.cancel.allowed) == (may_move, may_cancel)
    if may_move:
        visit = reschedule_appointment(
            appointment=visit, starts_at=THURSDAY_TEN, by=me, door=DOOR, now=NOW
        )
        assert visit.starts_at == THURSDAY_TEN
    else:
        with pytest.raises(ChangeRefused) as refused:
            reschedule_appointment(
                appointment=visit, starts_at=THURSDAY_TEN, by=me, door=DOOR, now=NOW
            )
        assert refused.value.reason == "switched-off"
    if may_cancel:
        assert cancel_appointment(appointment=visit, by=me, door=DOOR, now=NOW).status == (
            Status.CANCELLED
        )
    else:
        with pytest.raises(ChangeRefused) as refused:
            cancel_appointment(appointment=visit, by=me, door=DOOR, now=NOW)
        assert refused.value.reason == "switched-off"


@pytest.mark.req("S3.26", "S3.27")
@pytest.mark.parametrize("hours", [1, 24, 48])
def test_each_cut_off_is_kept_to_the_moment_and_names_whom_to_ask(
    visit: Appointment, ana: Account, hours: int
) -> None:
    other = 72  # the two cut-offs are apart
    BookingPolicy.objects.update(
        cancel_closes_minutes=hours * 60, reschedule_closes_minutes=other * 60
    )
    me, closes = Actor.client(ana.pk), FRIDAY_NINE - timedelta(hours=hours)
    with pytest.raises(ChangeRefused) as refused:
        cancel_appointment(appointment=visit, by=me, door=DOOR, now=closes + TICK)
    assert (refused.value.reason, refused.value.closes_at) == ("too-late", closes)
    assert refused.value.contact == visit.business.phone
    with pytest.raises(ChangeRefused) as refused:
        reschedule_appointment(
            appointment=visit, starts_at=THURSDAY_TEN, by=me, door=DOOR, now=closes
        )
    assert refused.value.closes_at == FRIDAY_NINE - timedelta(hours=other)
    cancelled = cancel_appointment(appointment=visit, by=me, door=DOOR, now=closes)
    assert cancelled.status == Status.CANCELLED


def test_a_person_confirms_that_they_come(visit: Appointment, ana: Account) -> None:
    confirmed = confirm_attendance(appointment=visit, by=Actor.client(ana.pk), door=DOOR, now=NOW)
    assert confirmed.client_confirmed_at == NOW
    assert not own_appointments(account_id=ana.pk, now=NOW).options[visit.pk].may_confirm
