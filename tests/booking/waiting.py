"""What tests of the waiting list do again and again: fill a day, let somebody wait, let the worker run."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories import GUEST, NOW, SYSTEM, at, make_guest, set_hours

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.join_waiting_list import Wish, join_waiting_list
from clientela.booking.guest import Guest
from clientela.booking.models import Appointment, WaitingEntry
from clientela.business.models import Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor

TUESDAY = date(2026, 11, 24)
TEN = at("2026-11-24 10:00")


def wish_for(service: Service, **values: Any) -> Wish:
    """A wish for this week at any hour with anybody, as a guest's in Spanish."""
    place = Location.objects.filter(business=service.business_id).first()
    usual = {
        "business": service.business,
        "service": service,
        "location": place,
        "first_day": date(2026, 11, 23),
        "last_day": date(2026, 11, 29),
        "language": "es",
    }
    return Wish(**usual | values)


def waits(
    service: Service,
    client: Client | Guest | None = None,
    *,
    account: Account | None = None,
    by: Actor = GUEST,
    now: datetime = NOW,
    **values: Any,
) -> WaitingEntry:
    """Let somebody wait; the default is the guest of ``make_guest``."""
    who = client or (None if account else make_guest())
    entry = join_waiting_list(
        wish=wish_for(service, **values), client=who, account=account, by=by, now=now
    )
    assert entry is not None
    return entry


def cancelled(appointment: Appointment, *, now: datetime = NOW) -> Appointment:
    """Cancel it, as the staff do."""
    return cancel_appointment(appointment=appointment, by=SYSTEM, door="test", now=now)


def only_open_at_ten(professional: Professional) -> None:
    """Let there be one half hour a day, from ten o'clock."""
    set_hours(professional, (600, 630))


def minutes(count: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)
