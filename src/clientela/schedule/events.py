"""Facts of the schedule. Frozen, in the past tense; ids and moments only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class HoursChanged(Event):
    """A resource's weekly or dated hours at a location were replaced."""

    business_id: UUID
    resource_id: UUID
    location_id: UUID


@dataclass(frozen=True, kw_only=True)
class TimeOffAdded(Event):
    """A resource will be away; appointments in that stretch may need moving."""

    business_id: UUID
    time_off_id: UUID
    resource_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class TimeOffRemoved(Event):
    """An absence was taken back."""

    business_id: UUID
    resource_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class ClosureAdded(Event):
    """A location will be shut on these local dates; ``until_on`` is the first open one again."""

    business_id: UUID
    closure_id: UUID
    location_id: UUID
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class ClosureRemoved(Event):
    """A closure was taken back."""

    business_id: UUID
    location_id: UUID
    from_on: date
    until_on: date
