"""The shapes that the API takes and gives. They list every field: nothing else can leak or enter."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from clientela.api.inputs import Instant, Name, Stripped, Zone

WRITTEN = "2026-11-24T17:30:00+01:00"


class Strict(Schema):
    """A body: a field we do not know is an error, not silently dropped."""

    model_config = ConfigDict(extra="forbid")


class LocationOut(Schema):
    """A place of the business; its zone is the one that hours are read in."""

    id: UUID
    name: str
    zone: str = Field(examples=["Europe/Madrid"])
    address: str


class BusinessOut(Schema):
    """What a business publishes about itself."""

    slug: str
    name: str
    tagline: str
    language: str = Field(description="The language it writes in: en, es or it.")
    currency: str = Field(description="ISO 4217.", examples=["EUR"])
    zone_mode: str = Field(description="Whether clients choose the zone they read times in.")
    phone_field: str = Field(description="Whether the booking page asks for a telephone number.")
    client_login: str = Field(
        description="Whether clients have a log-in: off, optional or required. Required: nobody else books."
    )
    online_booking: bool = Field(description="False: the public operations offer and book nothing.")
    locations: list[LocationOut]


class ServiceOut(Schema):
    """A service that can be booked online."""

    id: UUID
    name: str
    description: str
    duration_minutes: int
    price_minor: int = Field(description="In the currency's smallest unit, such as cents.")
    currency: str = Field(description="ISO 4217.")
    capacity: int = Field(description="1, or the seats of a group session.")
    needs_approval: bool = Field(description="Whether a booking is a request until staff confirm.")
    remote: bool
    needs_credits: bool = Field(
        description="Whether an appointment without a credit is pending redemption."
    )
    pays_online: str = Field(
        description="What clients pay while booking: off, may (if they like), deposit or full."
    )
    deposit_minor: int = Field(description="The deposit, where `pays_online` says so.")
    no_show_fee_minor: int = Field(
        description="For which a card is kept while booking; 0: none. Both only on the business's page."
    )
    professionals: list[UUID] = Field(description="Who gives it.")


class ProfessionalOut(Schema):
    """A professional who can be booked online."""

    id: UUID
    name: str
    title: str
    services: list[UUID] = Field(description="What they give.")


class AvailabilityOut(Schema):
    """The free starts, in order."""

    zone: str = Field(description="The zone the starts are written in.")
    starts: list[str] = Field(
        description="ISO 8601 with the offset of the zone.", examples=[[WRITTEN]]
    )


class ClientIn(Strict):
    """Who the appointment is for."""

    name: Name
    email: Annotated[str, StringConstraints(max_length=254), Stripped] = Field(
        "", description="Confirmations go there.", examples=["ana@example.com"]
    )
    phone: Annotated[str, StringConstraints(max_length=40), Stripped] = Field(
        "", description="With country code, or as dialled at the business."
    )


class AppointmentIn(Strict):
    """A booking."""

    service: UUID
    start: Instant = Field(description="ISO 8601 with an offset; a start that availability lists.")
    client: ClientIn | None = Field(
        None, description="Who it is for, as typed. Absent only where `client_id` says it."
    )
    client_id: UUID | None = Field(
        None, description="With a token: a client of the business, instead of `client`."
    )
    professional: UUID | None = Field(None, description="Absent: anyone who is free.")
    location: UUID | None = Field(None, description="Absent: the first location.")
    zone: Zone = Field(
        "", description="The zone the client reads times in. Absent: the location's."
    )
    language: Annotated[str, StringConstraints(pattern="^(|en|es|it)$")] = Field(
        "", description="The language of the client's messages. Absent: the business's."
    )
    note: Annotated[str, StringConstraints(max_length=1000)] = Field(
        "", description="A word for the business."
    )


class RescheduleIn(Strict):
    """A new start, and another professional if that is wanted."""

    start: Instant = Field(description="ISO 8601 with an offset.")
    professional: UUID | None = Field(
        None,
        description="Absent: the same; of a client who books with one professional only, that one.",
    )
    zone: Zone = Field("", description="Absent: the zone it was booked in.")


class CancelIn(Strict):
    """What a program of the business may say of a cancellation; the body may be left out."""

    forfeits: bool | None = Field(
        None,
        strict=True,
        description="With a token: true, the client cancelled late and loses the credit; false, it goes back.",
    )


class MarkerOut(Schema):
    """Whether the client was new or returning when it was decided last."""

    value: str = Field(description="new or returning.", examples=["new"])
    reason: str = Field(
        description="first-visit, earlier-visit, other-account, other-channel, merged, household or reclassified.",
        examples=["first-visit"],
    )
    version: int = Field(description="The version of the rule that decided it.")


class AppointmentOut(Schema):
    """An appointment as its client may see it."""

    id: UUID
    status: str = Field(examples=["confirmed"])
    redemption: str = Field(
        description="What its credit is doing: none, pending, redeemed, returned or forfeited."
    )
    credit_of: UUID | None = Field(
        description="Of a credit that somebody else of the household lent: that client; told to a program with a token only. Else null."
    )
    held_until: datetime | None = Field(
        description="While it is held for its client to pay: until when; else null."
    )
    service: UUID
    professional: UUID
    location: UUID
    start: str = Field(description="ISO 8601 with the offset of `zone`.", examples=[WRITTEN])
    end: str = Field(description="Likewise.", examples=["2026-11-24T18:00:00+01:00"])
    zone: str = Field(description="The zone in which the time was promised.")
    client: UUID | None = Field(description="The client; told to a program with a token only.")
    marker: MarkerOut | None = Field(
        description="New or returning, and why; told to a program with a token only. Null while it is held."
    )
    manage_url: str = Field(
        description="The client's secret link: whoever has it can move and cancel the appointment."
    )
    sequence: int = Field(description="Grows with every change, as in its calendar file.")


class SlotOut(Schema):
    """A start that is free instead."""

    start: str = Field(examples=[WRITTEN])
    professionals: list[UUID]


class RefusalOut(Schema):
    """Every answer that is not a success."""

    reason: str = Field(description="A stable word for programs.", examples=["slot-taken"])
    message: str = Field(description="The same for people, in English; its wording may change.")
    fields: dict[str, str] = Field(
        default_factory=dict, description="What is wrong with which field, one stable word each."
    )
    alternatives: list[SlotOut] = Field(
        default_factory=list, description="With 409 and some 422: the nearest free starts."
    )
