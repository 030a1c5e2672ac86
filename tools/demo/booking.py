"""One booking of the plot: its state, and when and how it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from clientela.integrations.business_file.offer import ServiceEntry
from clientela.rules.clock_time import to_exact
from tools.demo.crowd import Person
from tools.demo.dice import Dice
from tools.demo.plots import Plot

Row = dict[str, Any]
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a booking is told against: the plot, the anchor's Monday, and the place's zone and language."""

    plot: Plot
    anchor: date
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Visit:
    """Who comes for what, with whom and when."""

    person: Person
    service: ServiceEntry
    professional: str
    on: date
    minute: int

    @property
    def starts(self) -> str:
        """The wall-clock time as the file says it."""
        return wall(self.on, self.minute)


def wall(on: date, minute: int) -> str:
    """Return a wall-clock time as the file says it."""
    return f"{on.isoformat()}T{minute // 60:02}:{minute % 60:02}"


def status_of(visit: Visit, scene: Scene, dice: Dice) -> str:
    """How it ended, or stands. The anchor's week is told as past: an import puts right what lies ahead."""
    if visit.on < scene.anchor + _WEEK:
        if visit.service.needs_approval and dice.chance(0.1):
            return "declined"
        return dice.weighted((("attended", 88), ("no_show", 4), ("cancelled", 8)))
    if visit.service.needs_approval and dice.chance(0.5):
        return "requested"
    return "cancelled" if dice.chance(0.04) else "confirmed"


def told(visit: Visit, *, status: str, scene: Scene, dice: Dice) -> Row:
    """Return the appointment's row; what is as usual is left out."""
    person = visit.person
    created = _booked_on(visit, scene, dice)
    row: Row = {
        "client": person.key,
        "service": visit.service.key,
        "professional": visit.professional,
        "starts": visit.starts,
        "status": status,
        "zone": person.zone,
        "created_at": created,
        "language": person.language or scene.language,
    }
    row |= _came_by(person, scene, dice)
    if row["channel"] == "web" and dice.chance(0.08):
        row["client_note"] = dice.one_of(scene.plot.wishes)
    if status in {"cancelled", "declined"}:
        starts_at = exact(visit.on, visit.minute, scene)
        latest = min(starts_at, exact(scene.anchor, 0, scene))
        row["cancelled_at"] = row["changed_at"] = _between(created, latest, dice)
        row["cancelled_because"] = "declined" if status == "declined" else _because(dice)
    person.visits.append(created.isoformat())
    return row


def _booked_on(visit: Visit, scene: Scene, dice: Dice) -> datetime:
    """When it was booked: days before, in the daytime, and never after the anchor's Monday began."""
    days = 1 + dice.days(usual=8, most=50)
    on = visit.on - timedelta(days=days)
    if on >= scene.anchor:
        on = scene.anchor - timedelta(days=1 + dice.days(usual=5, most=30))
    minute = 8 * 60 + dice.below(14 * 60)
    return exact(on, minute, scene) + timedelta(seconds=dice.below(60))


def _came_by(person: Person, scene: Scene, dice: Dice) -> Row:
    way = dice.weighted((("web", 62), ("staff", 33), ("api", 5)))
    if way == "staff" or not (person.email or person.phone):
        return {"channel": "staff", "door": "desk"}
    address = person.email or person.phone
    if way == "api":
        return {"channel": "api", "door": "api", "address_used": address}
    return {
        "channel": "web",
        "door": "booking-page",
        "address_used": address,
        "device_zone": person.zone or scene.zone,
    }


def _because(dice: Dice) -> str:
    return "in-time" if dice.chance(0.85) else "staff"


def _between(first: datetime, last: datetime, dice: Dice) -> datetime:
    seconds = max(60, int((last - first).total_seconds()) - 3600)
    return first + timedelta(seconds=dice.below(seconds))


def exact(on: date, minute: int, scene: Scene) -> datetime:
    """Return the instant of a wall-clock time at the place."""
    return to_exact(on=on, minute=minute, zone_name=scene.zone, gap="after", overlap="first")
