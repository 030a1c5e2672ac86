"""The shapes that the API takes and gives. They list every field: nothing else can leak or enter."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Zone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]


class Strict(Schema):
    """A body: a field we do not know is an error, not silently dropped."""

    model_config = ConfigDict(extra="forbid")


class LocationOut(Schema):
    """A place of the business; its zone is the one that hours are read in."""

    id: UUID
    name: str
    zone: str
    address: str


class BusinessOut(Schema):
    """What a business publishes about itself."""

    slug: str
    name: str
    tagline: str
    language: str
    currency: str
    zone_mode: str
    phone_field: str
    online_booking: bool
    locations: list[LocationOut]


class ServiceOut(Schema):
    """A service that can be booked online. Durations in minutes, price in minor units."""

    id: UUID
    name: str
    description: str
    duration_minutes: int
    price_minor: int
    currency: str
    capacity: int
    needs_approval: bool
    remote: bool
    professionals: list[UUID]


class ProfessionalOut(Schema):
    """A professional who can be booked online."""

    id: UUID
    name: str
    title: str
    services: list[UUID]


class AvailabilityOut(Schema):
    """The free starts, ISO 8601 with the offset of ``zone``."""

    zone: str
    starts: list[str]


class ClientIn(Strict):
    """Who the appointment is for."""

    name: Name
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)] = ""
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""


class AppointmentIn(Strict):
    """A booking. ``start`` is ISO 8601 with an offset; ``zone`` the one the client reads times in."""

    service: UUID
    start: datetime
    client: ClientIn
    professional: UUID | None = None
    location: UUID | None = None
    zone: Zone = ""
    language: Annotated[str, StringConstraints(pattern="^(|en|es|it)$")] = ""
    note: Annotated[str, StringConstraints(max_length=1000)] = ""


class RescheduleIn(Strict):
    """A new start, and another professional if that is wanted."""

    start: datetime
    professional: UUID | None = None
    zone: Zone = ""


class AppointmentOut(Schema):
    """An appointment as its client may see it. ``start`` and ``end`` carry ``zone``'s offset."""

    id: UUID
    status: str
    service: UUID
    professional: UUID
    location: UUID
    start: str
    end: str
    zone: str
    manage_url: str
    sequence: int


class SlotOut(Schema):
    """A start that is free instead."""

    start: str
    professionals: list[UUID]


class RefusalOut(Schema):
    """Every answer that is not a success. ``reason`` is stable; ``message`` is for people."""

    reason: str
    message: str
    fields: dict[str, str] = Field(default_factory=dict)
    alternatives: list[SlotOut] = Field(default_factory=list)
