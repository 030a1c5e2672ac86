"""Which part of the calendar is looked at, as it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from clientela.business.models import Location
from clientela.rules import clock_time
from clientela.web.desk.staff import Desk

DAY = timedelta(days=1)
WEEK = 7 * DAY
FIRST, LAST = date(1971, 1, 1), date(9000, 1, 1)  # the calendars of zones end somewhere


class View(StrEnum):
    """How the calendar is drawn."""

    DAY = "day"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True, kw_only=True, slots=True)
class Looking:
    """The day in the desk's zone, the view, and the location if only one is looked at."""

    slug: str
    on: date
    today: date
    view: View
    location: Location | None

    @property
    def monday(self) -> date:
        """The first day of the week around the day."""
        return self.on - self.on.weekday() * DAY

    @property
    def step(self) -> timedelta:
        """How far a press on next leads."""
        return DAY if self.view is View.DAY else WEEK

    def at(self, on: date) -> Looking:
        """The same look at another day."""
        return replace(self, on=on)

    def seen(self, view: View) -> Looking:
        """The same day in another view."""
        return replace(self, view=view)

    def within(self, location: Location | None) -> Looking:
        """The same look at one location, or at all of them."""
        return replace(self, location=location)

    def pairs(self) -> list[tuple[str, str]]:
        """As names and values of an address; what is usual is left out."""
        given = [
            ("day", self.on.isoformat() if self.on != self.today else ""),
            ("view", self.view.value if self.view is not View.DAY else ""),
            ("location", str(self.location.pk) if self.location else ""),
        ]
        return [(name, value) for name, value in given if value]

    @property
    def url(self) -> str:
        """The address of this look."""
        query = urlencode(self.pairs())
        return reverse("desk:calendar", args=[self.slug]) + (f"?{query}" if query else "")


def looking(query: Mapping[str, str], *, desk: Desk) -> Looking:
    """Read the look out of an address; what cannot be read is as usual: today, by the day, everywhere."""
    today = clock_time.local_date(desk.now, desk.zone)
    text = query.get("view", "")
    return Looking(
        slug=desk.business.slug,
        on=min(max(read_day(query.get("day", "")) or today, FIRST), LAST),
        today=today,
        view=View(text) if text in set(View) else View.DAY,
        location=_location(query.get("location", ""), desk),
    )


def read_day(text: str) -> date | None:
    """Return the day of an address, or nothing."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _location(text: str, desk: Desk) -> Location | None:
    try:
        wanted = UUID(text[:64])
    except ValueError:
        return None
    return next((place for place in desk.locations if place.pk == wanted), None)
