"""The business's cards for people."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import model_validator

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
    Name200,
    ZoneOrBlank,
)


class ContactEntry(Entry):
    """One e-mail address or one phone number; ``written`` is how the person wrote it."""

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


class ClientEntry(Entry):
    """A card. The first contact of a kind that takes notifications is where messages go."""

    key: Key
    id: Id | None = None
    name: Name200
    contacts: list[ContactEntry] = []
    language: Language = ""
    zone: ZoneOrBlank = ""
    birthday: date | None = None
    note: LongText = ""
    created_at: Instant | None = None
