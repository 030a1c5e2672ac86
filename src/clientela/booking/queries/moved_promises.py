"""Promises whose instant is another by the time zone data in use than by those they were made with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from clientela.booking.models import Appointment, Session, Status
from clientela.rules.promised_start import promised_start

HOLDS_AHEAD: Final = (Status.HELD, Status.REQUESTED, Status.CONFIRMED)
_NEAR: Final = timedelta(days=2)
"""More than any change of clocks there has been: what stands longer ago than that does not come back."""
_AT_ONCE: Final = 400
_PLAIN: Final = ("pk", "promised_local", "promised_zone", "starts_at")

Holder = Appointment | Session


@dataclass(frozen=True, slots=True)
class MovedPromise:
    """An appointment or a group session ahead whose promised reading is now another instant.

    ``belongs_at`` is where the promise puts it; None when the clocks will jump over that reading, or the zone is no
    longer known: then a person must agree on another time.
    """

    holder: Holder
    belongs_at: datetime | None

    @property
    def is_session(self) -> bool:
        """Whether it is a group session; its appointments are told of beside it."""
        return isinstance(self.holder, Session)

    @property
    def shift(self) -> timedelta:
        """By how much it stands too early."""
        return (self.belongs_at or self.holder.starts_at) - self.holder.starts_at


def moved_promises(*, now: datetime) -> list[MovedPromise]:
    """Return exactly those of the scope, by start: appointments that hold a time ahead, and sessions not called off.

    Every promise ahead is read again: two queries, and one more per four hundred that moved.
    """
    found = [one for rows in _ahead(now) for one in _whole(rows, _places(rows, now=now))]
    return sorted(found, key=lambda one: (one.holder.starts_at, one.holder.pk))


def count_moved_promises(*, now: datetime) -> int:
    """Return how many there are in the scope, for those who only warn: two queries."""
    return sum(len(_places(rows, now=now)) for rows in _ahead(now))


def belongs_at(holder: Holder) -> datetime | None:
    """Return the instant of a holder's promise by the data in use; None when there is no such reading any more."""
    return _belongs(holder.promised_local, holder.promised_zone, holder.starts_at)


def _belongs(local: str, zone: str, stands_at: datetime) -> datetime | None:
    try:
        return promised_start(local=local, zone_name=zone, stands_at=stands_at)
    except ValueError:
        return None


def _ahead(now: datetime) -> tuple[QuerySet[Any], QuerySet[Any]]:
    near = now - _NEAR
    with_whom = ("business", "service", "location")
    appointments = Appointment.objects.filter(status__in=HOLDS_AHEAD, starts_at__gt=near)
    sessions = Session.objects.filter(cancelled_at__isnull=True, starts_at__gt=near)
    return (
        appointments.select_related(*with_whom, "client", "professional__resource", "session"),
        sessions.select_related(*with_whom),
    )


def _places(rows: QuerySet[Any], *, now: datetime) -> dict[UUID, datetime | None]:
    """Return where each promise that moved belongs, by key; only what is ahead, there or here."""
    found: dict[UUID, datetime | None] = {}
    for key, local, zone, stands_at in rows.values_list(*_PLAIN).iterator():
        place = _belongs(local, zone, stands_at)
        if place != stands_at and max(stands_at, place or stands_at) > now:
            found[key] = place
    return found


def _whole(rows: QuerySet[Any], places: dict[UUID, datetime | None]) -> Iterator[MovedPromise]:
    keys = list(places)
    for begin in range(0, len(keys), _AT_ONCE):
        for holder in rows.filter(pk__in=keys[begin : begin + _AT_ONCE]):
            yield MovedPromise(holder, places[holder.pk])
