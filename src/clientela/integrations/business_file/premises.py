"""The business itself, where it is, who works there and with what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clientela.integrations.business_file.fields import (
    Email,
    Entry,
    Hue,
    Id,
    Instant,
    Key,
    Line40,
    Line120,
    Line200,
    Line254,
    LongText,
    Name120,
    Text400,
    Zone,
)

Cutoff = Annotated[int, Field(ge=0, lt=2**31)]


class PolicyEntry(Entry):
    """What clients may do by themselves; cut-offs are minutes before the start."""

    client_may_reschedule: bool = True
    reschedule_closes_minutes: Cutoff = 24 * 60
    client_may_cancel: bool = True
    cancel_closes_minutes: Cutoff = 24 * 60
    cancel_free_minutes: Cutoff | None = None
    no_show_forfeits: bool = True
    zone_mode: Literal["client-chooses", "locked"] = "client-chooses"
    phone_field: Literal["off", "optional", "required"] = "optional"
    online_booking: bool = True
    client_login: Literal["off", "optional", "required"] = "optional"
    notification_gate: Literal["own_booking", "activated_only", "verified_contact"] = "own_booking"


class SellingEntry(Entry):
    """Who the business is on an invoice, what it takes, what a cancellation gives back."""

    legal_name: Annotated[Line200, StringConstraints(max_length=160)] = ""
    tax_id: Line40 = ""
    legal_address: Text400 = ""
    invoice_series: Annotated[Line40, StringConstraints(max_length=12)] = ""
    invoice_note: Text400 = ""
    takes_cash: bool = True
    takes_terminal: bool = True
    takes_transfer: bool = True
    transfer_text: Text400 = ""
    cancel_gives: Literal["credit", "money"] = "credit"
    hold_minutes: Annotated[int, Field(ge=1, le=32767)] = 30


class BusinessEntry(Entry):
    """The business. ``slug`` is its word in addresses; ``hue`` is in degrees, by tens."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    id: Id | None = None
    name: Name120
    tagline: Line200 = ""
    language: Literal["en", "es", "it"]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    email: Line254 = ""
    phone: Line40 = ""
    hue: Annotated[Hue, Field(multiple_of=10)] = 190
    vivid: Literal["quiet", "soft", "bold"] = "soft"
    is_open: bool = True
    created_at: Instant | None = None
    policy: PolicyEntry = PolicyEntry()
    selling: SellingEntry = SellingEntry()


class LocationEntry(Entry):
    """A place; its hours and its appointments are read in its ``zone``."""

    key: Key
    id: Id | None = None
    name: Name120
    zone: Zone
    street: Line200 = ""
    postcode: Annotated[Line200, StringConstraints(max_length=20)] = ""
    city: Annotated[Line200, StringConstraints(max_length=100)] = ""
    country: Annotated[Line200, StringConstraints(max_length=2)] = ""
    phone: Line40 = ""
    is_active: bool = True


class ProfessionalEntry(Entry):
    """Who gives services."""

    key: Key
    id: Id | None = None
    name: Name120
    title: Line120 = ""
    about: LongText = ""
    email: Line254 = ""
    hue: Hue = 200
    is_online: bool = True
    is_active: bool = True


class ResourceEntry(Entry):
    """A room or a piece of equipment that one appointment at a time occupies."""

    key: Key
    id: Id | None = None
    kind: Literal["room", "equipment"]
    name: Name120
    location: Key | None = None
    hue: Hue = 200
    is_active: bool = True


class StaffEntry(Entry):
    """Who may sign in to the desk. Someone without a proved account here gets an invitation."""

    email: Annotated[Email, StringConstraints(min_length=3)]
    name: Line200 = ""
    role: Literal["owner", "front_desk", "professional"]
    professional: Key | None = None
