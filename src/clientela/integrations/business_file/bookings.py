"""What was promised to whom: series, sessions and appointments."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, StringConstraints, model_validator

from clientela.integrations.business_file.fields import (
    Currency,
    Entry,
    Id,
    Instant,
    Key,
    Language,
    Line254,
    LongText,
    Minor,
    Minutes,
    Text1000,
    Wall,
    Word,
    Zone,
    ZoneOrBlank,
)
from clientela.integrations.business_file.offer import Keys, Length

Status = Literal["held", "requested", "confirmed", "attended", "no_show", "cancelled", "declined"]
HOLDING: frozenset[str] = frozenset({"held", "requested", "confirmed", "attended", "no_show"})
"""The states in which an appointment occupies its professional and resources."""


class SeriesEntry(Entry):
    """What was asked for when several appointments were booked in one go."""

    key: Key
    id: Id | None = None
    client: Key
    service: Key
    every_weeks: Annotated[int, Field(ge=1, le=32767)]
    count: Annotated[int, Field(ge=1, le=32767)]
    created_at: Instant | None = None


class TakenTime(Entry):
    """When something happens: a wall-clock time of its location, and what it occupies.

    ``at`` is the instant, to check ``starts`` against; ``tzdata`` the release of the zone data the
    promise was made with. What is left out is the service's own length and buffers, the location's
    zone, and the zone data in use.
    """

    service: Key
    professional: Key
    location: Key | None = None
    starts: Wall
    at: Instant | None = None
    promised_zone: Zone | None = None
    tzdata: Annotated[str, Field(max_length=20)] | None = None
    duration_minutes: Length | None = None
    buffer_before_minutes: Minutes | None = None
    buffer_after_minutes: Minutes | None = None
    resources: Keys = []


class _Named(Entry):
    """First what it is called."""

    key: Key
    id: Id | None = None


class SessionEntry(TakenTime, _Named):
    """A group occurrence with seats; one that its first client opened ends with its last."""

    seats: Annotated[int, Field(ge=1, le=32767)] | None = None
    opened_by_client: bool = False
    cancelled_at: Instant | None = None
    created_at: Instant | None = None


class _Whose(Entry):
    """First whose it is; a key is needed only where something refers to it."""

    key: Key | None = None
    id: Id | None = None
    client: Key


class AppointmentEntry(TakenTime, _Whose):
    """One client's booking. With a ``session`` it takes a seat there and occupies nothing itself.

    ``redemption`` is what its credit is doing; while its client pays it is ``held`` until ``held_until``.
    """

    session: Key | None = None
    seat: Annotated[int, Field(ge=1, le=32767)] | None = None
    series: Key | None = None
    status: Status = "confirmed"
    redemption: Literal["none", "pending", "redeemed", "returned", "forfeited"] = "none"
    held_until: Instant | None = None
    zone: ZoneOrBlank = ""
    device_zone: ZoneOrBlank = ""
    channel: Literal["web", "staff", "api", "import"] = "import"
    door: Word = "file"
    address_used: Line254 = ""
    phone_used: Annotated[str, StringConstraints(max_length=20)] = ""
    language: Language = ""
    price_minor: Minor | None = None
    currency: Currency | None = None
    client_note: Text1000 = ""
    staff_note: LongText = ""
    assigned_because: JsonValue = None
    client_confirmed_at: Instant | None = None
    cancelled_at: Instant | None = None
    cancelled_because: Word = ""
    hidden_at: Instant | None = None
    sequence: Annotated[int, Field(ge=0, lt=2**31)] = 0
    created_at: Instant | None = None
    changed_at: Instant | None = None

    @model_validator(mode="after")
    def _held_until_when(self) -> Self:
        if self.status == "held" and self.held_until is None:
            msg = 'needs "held_until" while it is held'
            raise ValueError(msg)
        return self
