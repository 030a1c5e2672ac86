"""Saying what a change will do before it is done: the appointments it would leave standing in the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from clientela.booking.models import Appointment
from clientela.policy.door_request import DoorRequest

FIELD = "knows"


def key_of(hit: Iterable[Appointment]) -> str:
    """A short name of exactly these appointments: a confirmation holds for what was shown, not for more."""
    ids = ",".join(str(one.pk) for one in hit)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def must_be_told(request: DoorRequest, hit: list[Appointment]) -> bool:
    """Whether there is something to say that the person has not confirmed yet."""
    return bool(hit) and request.POST.get(FIELD) != key_of(hit)
