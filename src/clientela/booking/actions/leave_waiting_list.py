"""Take somebody off the waiting list: at their wish, because they booked, or because their days are over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.models import Appointment, WaitingEntry, WaitState
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.rules.clock_time import local_date

_SEVERAL: Final = 500


def leave_waiting_list(*, entry: WaitingEntry, by: Actor, now: datetime) -> WaitingEntry:
    """End an entry at the wish of its client or the staff; one that has ended stays as it is. Nobody is told."""
    with transaction.atomic():
        waiting = WaitingEntry.objects.filter(pk=entry.pk, state=WaitState.WAITING)
        if waiting.update(state=WaitState.LEFT, ended_at=now):
            note(action="waiting-list-left", subject=entry, by=by, now=now)
        entry.refresh_from_db(fields=["state", "ended_at"])
    return entry


def end_by_booking(*, appointment: Appointment, now: datetime) -> int:
    """End what the client of a booking waited for: that service, on days of which this is one. Return how many."""
    on = local_date(appointment.starts_at, appointment.promised_zone)
    return WaitingEntry.objects.filter(
        client=appointment.client_id,
        service=appointment.service_id,
        state=WaitState.WAITING,
        first_day__lte=on,
        last_day__gte=on,
    ).update(state=WaitState.BOOKED, ended_at=now)


def end_past_waits(*, now: datetime) -> int:
    """End the entries whose last day is over at their place; in the system's scope. Return how many."""
    # Nowhere is it a later date than the day after this one, so what is past somewhere is found.
    maybe = WaitingEntry.objects.filter(state=WaitState.WAITING, last_day__lte=now.date())
    over = [
        key
        for key, last_day, zone in maybe.values_list("pk", "last_day", "location__zone")
        if local_date(now, zone) > last_day
    ]
    done = 0
    for begin in range(0, len(over), _SEVERAL):
        some = WaitingEntry.objects.filter(
            pk__in=over[begin : begin + _SEVERAL], state=WaitState.WAITING
        )
        done += some.update(state=WaitState.ENDED, ended_at=now)
    return done
