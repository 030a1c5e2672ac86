"""Who waits for a time to become free."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clientela.integrations.business_file.fields import (
    Entry,
    Id,
    Instant,
    Key,
    Language,
    Line254,
    MinuteOfDay,
    ZoneOrBlank,
)
from clientela.rules.clock_time import MINUTES_PER_DAY


class WaitEntry(Entry):
    """One wish: for a service at a place, with somebody or anybody, on some days (both included) and at some hours.

    ``state`` says whether its client still waits, and ``ended_at`` since when not.
    """

    id: Id | None = None
    client: Key
    service: Key
    location: Key | None = None
    professional: Key | None = None
    first_day: date
    last_day: date
    from_minute: MinuteOfDay = 0
    until_minute: Annotated[int, Field(gt=0, le=MINUTES_PER_DAY)] = MINUTES_PER_DAY
    language: Language = ""
    zone: ZoneOrBlank = ""
    address_used: Line254 = ""
    joined_by: Literal["guest", "client", "staff"] = "staff"
    state: Literal["waiting", "booked", "left", "ended"] = "waiting"
    told_at: Instant | None = None
    ended_at: Instant | None = None
    created_at: Instant | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.last_day < self.first_day:
            msg = '"last_day" is before "first_day"'
            raise ValueError(msg)
        if self.until_minute <= self.from_minute:
            msg = '"until_minute" must be after "from_minute"'
            raise ValueError(msg)
        if (self.state == "waiting") != (self.ended_at is None):
            msg = '"ended_at" stands where somebody does not wait any more, and only there'
            raise ValueError(msg)
        return self
