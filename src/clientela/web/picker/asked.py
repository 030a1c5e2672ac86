"""What a visitor has chosen so far, as it stands in the address of the page.

Every choice is a link and every link keeps the other choices, so that a page can be sent to a friend,
opened again tomorrow, or reached without a script. What cannot be read is treated as not chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from clientela.booking.queries.engine_needs import exact
from clientela.rules.clock_time import MINUTES_PER_DAY, is_known_zone

INSTANT = "%Y%m%dT%H%MZ"
_LONGEST = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The choices: ids, the day in the zone the page reads, an exact start, the zone itself.

    `whom` is the card of the relative it is for (`for` in the address), or nobody else.
    `minute` is a clock reading typed by hand (minutes from midnight of `day`), before it is a start.
    """

    service: UUID | None = None
    location: UUID | None = None
    professional: UUID | None = None
    day: date | None = None
    start: datetime | None = None
    minute: int | None = None
    zone: str = ""
    whom: UUID | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        """Read the choices out of an address or a form."""
        text = {field.name: str(query.get(field.name, ""))[:_LONGEST] for field in fields(cls)}
        return cls(
            service=_id(text["service"]),
            location=_id(text["location"]),
            professional=_id(text["professional"]),
            day=_day(text["day"]),
            start=_instant(text["start"]),
            minute=_minute(str(query.get("at", ""))[:5]),
            zone=text["zone"] if is_known_zone(text["zone"]) else "",
            whom=_id(str(query.get("for", ""))[:_LONGEST]),
        )

    def with_(self, **changes: Any) -> Asked:  # noqa: ANN401 -- the fields differ in type
        """The same choices but for these; another service, place or day lets go of the start."""
        if changes.keys() & {"service", "location", "day"}:
            changes = {"start": None, "minute": None, **changes}
        return replace(self, **changes)

    def query(self) -> str:
        """As the arguments of an address, in a fixed order, without what is not chosen."""
        return urlencode(self.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """As names and values, for an address or for hidden fields."""
        given = [
            ("for", str(self.whom or "")),
            ("service", str(self.service or "")),
            ("location", str(self.location or "")),
            ("professional", str(self.professional or "")),
            ("day", self.day.isoformat() if self.day else ""),
            ("start", instant_text(self.start) if self.start else ""),
            ("zone", self.zone),
        ]
        return [(name, value) for name, value in given if value]


def instant_text(at: datetime) -> str:
    """An exact start as it is written in an address: `20261124T1630Z`, to the minute."""
    return exact(at).strftime(INSTANT)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _minute(text: str) -> int | None:
    """`17:30` as minutes from midnight."""
    hours, _, minutes = text.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal()):
        return None
    total = int(hours) * 60 + int(minutes)
    return total if total < MINUTES_PER_DAY else None


def _instant(text: str) -> datetime | None:
    """Our own form, or ISO 8601 with an offset; a start without an offset is nobody's time."""
    try:
        return datetime.strptime(text, INSTANT).replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return None if at.utcoffset() is None else exact(at)
