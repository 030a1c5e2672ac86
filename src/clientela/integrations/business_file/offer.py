"""What can be booked."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from clientela.integrations.business_file.fields import (
    Entry,
    Id,
    Key,
    Line120,
    Minutes,
    Name120,
    Text400,
)
from clientela.integrations.business_file.premises import Cutoff

Length = Annotated[Minutes, Field(ge=5)]


def _distinct(keys: list[str]) -> list[str]:
    if len(set(keys)) != len(keys):
        msg = "must name each only once"
        raise ValueError(msg)
    return keys


Keys = Annotated[list[Key], AfterValidator(_distinct)]


class NeedEntry(Entry):
    """Something a service needs besides a professional, met by any one of these."""

    name: Line120
    any_of: Keys


class ServiceEntry(Entry):
    """A service. Lengths are minutes, multiples of five; the price is in the smallest coin.

    ``capacity`` above one makes it a group service: its appointments are seats of sessions.
    """

    key: Key
    id: Id | None = None
    name: Name120
    description: Text400 = ""
    duration_minutes: Length
    buffer_before_minutes: Minutes = 0
    buffer_after_minutes: Minutes = 0
    price_minor: Annotated[int, Field(ge=0, lt=2**53)] = 0
    grid_minutes: Length = 15
    lead_minutes: Cutoff = 120
    horizon_days: Annotated[int, Field(ge=0, le=730)] = 90
    capacity: Annotated[int, Field(ge=1, le=32767)] = 1
    opens_sessions: bool = False
    needs_approval: bool = False
    is_remote: bool = False
    is_online: bool = True
    is_active: bool = True
    reschedule_closes_minutes: Cutoff | None = None
    cancel_closes_minutes: Cutoff | None = None
    professionals: Keys = []
    needs: list[NeedEntry] = []
