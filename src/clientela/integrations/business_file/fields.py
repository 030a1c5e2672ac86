"""The values a business file is made of, each with its own check and its own sentence."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from clientela.business.plain_text import line, note
from clientela.rules.clock_time import (
    MINUTES_PER_DAY,
    fold_label,
    is_known_zone,
    wall_text,
)

GRID: Final = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WALL = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)( again)?")
_STRETCH = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_MINUTES_PER_HOUR = 60


class Entry(BaseModel):
    """A part of the file: an unknown word in it is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def one_line(text: str) -> str:
    """Return the text as every form keeps a line: composed, single spaces, nothing invisible."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return line(text, limit=len(text))


def several_lines(text: str) -> str:
    """Return the text as every form keeps a note: line breaks stay, nothing invisible does."""
    return note(text, limit=len(text))


def _named(text: str) -> str:
    if not text:
        msg = "must not be empty"
        raise ValueError(msg)
    return text


def _utc(at: datetime) -> datetime:
    return _EPOCH + (at - _EPOCH)


def _instant_text(at: datetime) -> str:
    return _utc(at).isoformat().replace("+00:00", "Z")


def _on_the_grid(minutes: int) -> int:
    if minutes % GRID:
        msg = f"must be a multiple of {GRID} minutes"
        raise ValueError(msg)
    return minutes


def _known_zone(name: str) -> str:
    if name and not is_known_zone(name):
        msg = f"is not a time zone of the IANA list: {name!r}"
        raise ValueError(msg)
    return name


def parse_wall(text: str) -> tuple[date, int, bool]:
    """Return (date, minute of the day, again) of ``2026-10-25T02:30 again``.

    ``again`` is the second reading of an hour that the clocks repeat. ``ValueError`` if the text
    is no date and time on the five-minute grid.
    """
    match = _WALL.fullmatch(text)
    if match is None:
        msg = 'must be a local date and time such as "2026-11-24T17:30"'
        raise ValueError(msg)
    minute = _minute_of_day(match[2], match[3])
    if minute == MINUTES_PER_DAY:
        msg = "must be before 24:00; midnight is 00:00 of the next date"
        raise ValueError(msg)
    return date.fromisoformat(match[1]), _on_the_grid(minute), match[4] is not None


def parse_stretch(text: str) -> tuple[int, int]:
    """Return (opens, closes) of ``09:00-14:00`` in minutes from midnight; ``24:00`` closes a day."""
    match = _STRETCH.fullmatch(text)
    if match is None:
        msg = 'must be a stretch of hours such as "09:00-14:00"'
        raise ValueError(msg)
    opens = _on_the_grid(_minute_of_day(match[1], match[2]))
    closes = _on_the_grid(_minute_of_day(match[3], match[4]))
    if opens >= closes:
        msg = "must close after it opens; hours past midnight are two stretches"
        raise ValueError(msg)
    return opens, closes


def wall_words(at: datetime, *, zone: str) -> str:
    """Return what ``parse_wall`` reads: the clock's reading, and ``again`` the second time it comes."""
    return wall_text(at, zone) + (" again" if fold_label(at, zone) == "again" else "")


def stretch_text(opens: int, closes: int) -> str:
    """Return what ``parse_stretch`` reads."""
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (opens, closes))


def _minute_of_day(hour: str, minute: str) -> int:
    found = int(hour) * _MINUTES_PER_HOUR + int(minute)
    if int(minute) >= _MINUTES_PER_HOUR or found > MINUTES_PER_DAY:
        msg = f"is no time of day: {hour}:{minute}"
        raise ValueError(msg)
    return found


def _wall(text: str) -> str:
    parse_wall(text)
    return text


def _stretch(text: str) -> str:
    parse_stretch(text)
    return text


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
"""A short name by which other parts of the file refer to this one."""

Id = Annotated[UUID, Field(strict=False)]
Zone = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_known_zone)]
ZoneOrBlank = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{0,8}$")]
Minutes = Annotated[int, Field(ge=0, le=MINUTES_PER_DAY), AfterValidator(_on_the_grid)]
MinuteOfDay = Annotated[int, Field(ge=0, lt=MINUTES_PER_DAY)]
Hue = Annotated[int, Field(ge=0, lt=360)]
Instant = Annotated[
    AwareDatetime,
    AfterValidator(_utc),
    PlainSerializer(_instant_text, return_type=str, when_used="json"),
]
Wall = Annotated[
    str,
    AfterValidator(_wall),
    WithJsonSchema({"type": "string", "pattern": f"^{_WALL.pattern}$"}),
]
Stretch = Annotated[
    str,
    AfterValidator(_stretch),
    WithJsonSchema({"type": "string", "pattern": f"^{_STRETCH.pattern}$"}),
]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^([^@\s]+@[^@\s]+)?$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,30}$")]
Minor = Annotated[int, Field(ge=0, lt=2**53)]
"""An amount in the currency's smallest unit."""

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
"""Hundredths of a per cent."""

Line40 = Annotated[str, StringConstraints(max_length=40), AfterValidator(one_line)]
Line120 = Annotated[str, StringConstraints(max_length=120), AfterValidator(one_line)]
Line200 = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
Line254 = Annotated[str, StringConstraints(max_length=254), AfterValidator(one_line)]
Name120 = Annotated[Line120, AfterValidator(_named)]
Name200 = Annotated[Line200, AfterValidator(_named)]
Text400 = Annotated[str, StringConstraints(max_length=400), AfterValidator(several_lines)]
Text1000 = Annotated[str, StringConstraints(max_length=1000), AfterValidator(several_lines)]
LongText = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(several_lines)]
