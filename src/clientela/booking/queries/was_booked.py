"""Telling what was booked from what was only held."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from clientela.booking.models import NOT_PAID, Status

WAS_BOOKED: Final = ~Q(status=Status.HELD.value) & ~Q(cancelled_because=NOT_PAID)
"""A time that is held while its client pays, or was and was never paid for, is no appointment: it is on nobody's list."""
