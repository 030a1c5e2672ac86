"""The kinds of values that arrive: each type accepts what the reference says, and nothing looser.

Left alone, the validator would read ``1764000000`` as a date and ``0`` as a time; a program that sends
such things has a mistake that it should hear of.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError, PydanticKnownError

from clientela.platform.refusal import Refusal
from clientela.rules.clock_time import to_local

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9:]+)?")
# Beyond these no zone has rules and no sum of days is sure to exist.
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9000, 1, 1)


def _written_day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("not_a_date", "write the date as YYYY-MM-DD")
    return value


def _written_instant(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise PydanticCustomError("not_a_time", "write the time as ISO 8601 with an offset")
    return value


def _in_calendar(value: datetime) -> datetime:
    if not FIRST_DAY <= value.date() <= LAST_DAY:
        raise PydanticCustomError("out_of_calendar", "the time is outside the calendar")
    return value


def _said(value: str) -> str:
    """Return it without blanks around, of which it must not be all."""
    said = value.strip()
    if not said:
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return said


def _blank_is_absent(value: object) -> object:
    return None if value == "" else value


Day = Annotated[date, BeforeValidator(_written_day)]
"""A date written ``YYYY-MM-DD``."""

Instant = Annotated[
    datetime,
    BeforeValidator(_written_instant),
    AfterValidator(_in_calendar),
    WithJsonSchema(
        {"type": "string", "format": "date-time", "examples": ["2026-11-24T17:30:00+01:00"]}
    ),
]
"""An ISO 8601 time. The operation asks for the offset itself, to refuse a time without one by its own word."""

Choice = Annotated[UUID | None, BeforeValidator(_blank_is_absent)]
"""An id in an address; written empty it is the same as absent."""

# Blanks go after the length was looked at: what is sent must keep to the description as it is sent.
Stripped = AfterValidator(str.strip)
Said = AfterValidator(_said)
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), Said]
Zone = Annotated[
    str,
    StringConstraints(max_length=64),
    Stripped,
    Field(description="An IANA time zone, such as Europe/Madrid.", examples=["Europe/Madrid"]),
]
Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def exact(at: datetime, *, field: str) -> datetime:
    """Return the instant in UTC: offsets that one database takes, another does not.

    Raises ``needs-offset`` for a time without one: the two sides would read it differently.
    """
    if at.tzinfo is None:
        raise Refusal("needs-offset", field=field)
    return to_local(at, "UTC")
