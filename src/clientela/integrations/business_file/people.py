"""The business's cards for people."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clientela.integrations.business_file.fields import (
    Email,
    Entry,
    Id,
    Instant,
    Key,
    Language,
    Line40,
    Line254,
    LongText,
    MinuteOfDay,
    Name200,
    ZoneOrBlank,
)

NotifyBy = Literal["none", "email", "email_and_sms"]


class ContactEntry(Entry):
    """One e-mail address or one phone number; ``written`` is how the person wrote it."""

    id: Id | None = None
    email: Email | None = None
    phone: Line40 | None = None
    written: Line254 | None = None
    for_notifications: bool = True
    verified_at: Instant | None = None
    created_at: Instant | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.email) == bool(self.phone):
            msg = 'needs either "email" or "phone"'
            raise ValueError(msg)
        return self


class ConsentEntry(Entry):
    """One statement of the person's about messages; ``text_version`` names the words they were shown."""

    id: Id | None = None
    purpose: Literal["appointments", "follow-up"] = "appointments"
    notify_by: NotifyBy
    how: Literal["activation", "booking", "preferences", "stop-link", "staff", "api", "keyword"]
    text_version: Annotated[str, Field(max_length=20)]
    said_at: Instant


class ClientEntry(Entry):
    """A card. The first contact of a kind that takes notifications is where messages go.

    ``bound_to`` is the only professional the client may book. A card that another took up names it
    in ``merged_into``, so that its old id still leads somewhere.
    """

    key: Key
    id: Id | None = None
    name: Name200
    contacts: list[ContactEntry] = []
    language: Language = ""
    zone: ZoneOrBlank = ""
    birthday: date | None = None
    note: LongText = ""
    notify_by: NotifyBy = "email"
    wants_follow_up: bool = True
    quiet_from_minute: MinuteOfDay | None = None
    quiet_until_minute: MinuteOfDay | None = None
    consents: list[ConsentEntry] = []
    bound_to: Key | None = None
    login_email: Line254 = ""
    is_provisional: bool = False
    merged_into: Key | None = None
    merged_at: Instant | None = None
    erased_at: Instant | None = None
    created_at: Instant | None = None
