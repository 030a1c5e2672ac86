"""A time chosen at the desk: free, possible with an override, or taken; the answer for booking and for moving.

The calendar beside it is the one clients see, without their lead time and horizon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from clientela.booking.queries.alternatives import nearest_alternatives
from clientela.booking.queries.why_not import Reason, why_not
from clientela.booking.slot import Slot
from clientela.business.models import Location
from clientela.rules.unavailability import Unavailable
from clientela.web.desk.reasons import not_free, reason_words
from clientela.web.desk.staff import Desk
from clientela.web.picker.asked import Asked, instant_text
from clientela.web.picker.links import Linker
from clientela.web.picker.refused import Refused
from clientela.web.picker.search import Search, Wanted, search
from clientela.web.picker.shown import picker_context
from clientela.web.picker.when import draw
from clientela.web.visitor import Reading

SET_ASIDE: Final = frozenset(
    {Unavailable.CLOSED.value, Unavailable.OUTSIDE_HOURS.value, Unavailable.TIME_OFF.value}
)
FARTHEST: Final = timedelta(days=3650)
NOT_FOR_STAFF: Final = frozenset({Unavailable.NOT_ON_GRID.value})


class DeskReading(Reading):
    """Times in the desk's zone; where the appointment takes place in another, its clock stands beside."""

    __slots__ = ()

    @property
    def beside(self) -> str:
        """The location's zone, if the desk reads another."""
        return "" if self.location == self.zone else self.location


@dataclass(frozen=True, kw_only=True, slots=True)
class Picked:
    """What the calendar says about the choices so far.

    `wished` is the time that was asked for, `start` the same if it can be had at all; `warnings` then says
    what an override would set aside. `refused` explains a time that cannot be had.
    """

    wanted: Wanted
    found: Search
    asked: Asked
    wished: datetime | None
    start: datetime | None
    warnings: Sequence[str]
    refused: Refused

    @property
    def ends_at(self) -> datetime | None:
        """When the appointment would end."""
        if self.start is None:
            return None
        return self.start + timedelta(minutes=self.wanted.service.duration_minutes)

    @property
    def start_text(self) -> str:
        """The chosen time as a form sends it."""
        return instant_text(self.start) if self.start else ""

    @property
    def is_past(self) -> bool:
        """Whether the chosen time has passed already."""
        return self.start is not None and self.start < self.wanted.now


def reading_of(desk: Desk, location: Location) -> DeskReading:
    """The desk's zone and the place's."""
    return DeskReading(zone=desk.zone, location=location.zone, device=desk.device, may_choose=False)


def picked(wanted: Wanted, asked: Asked) -> Picked:
    """Ask the calendar; of a start outside the offer, whether an override could have it."""
    if _is_far(asked, wanted.now):
        asked = asked.with_(day=None)
        return _picked(
            wanted, search(wanted=wanted, asked=asked), asked, said=[_("That day is too far away.")]
        )
    found = search(wanted=wanted, asked=asked)
    zone = wanted.reading.zone
    if found.no_such_time:
        words = [reason_words(Reason(Unavailable.NO_SUCH_TIME.value), zone)]
        return _picked(wanted, found, asked, said=words)
    if found.start is None or found.chosen:
        return _picked(wanted, found, asked)
    reasons = _reasons(wanted, found.start)
    words = list(dict.fromkeys(reason_words(one, zone) for one in reasons))
    if can_set_aside(reasons):
        return _picked(wanted, found, asked, warnings=words)
    return refuse(
        _picked(wanted, found, asked),
        sentences=[not_free(found.start, zone), *words],
        nearest=_nearest(wanted, found.start),
    )


def _picked(
    wanted: Wanted,
    found: Search,
    asked: Asked,
    *,
    warnings: Sequence[str] = (),
    said: Sequence[str] = (),
) -> Picked:
    return Picked(
        wanted=wanted,
        found=found,
        asked=asked,
        wished=found.start,
        start=found.start,
        warnings=warnings,
        refused=Refused(sentences=said),
    )


def _is_far(asked: Asked, now: datetime) -> bool:
    """Whether the day lies where nobody plans, and some zone's calendar ends."""
    day = asked.start.date() if asked.start else asked.day
    return day is not None and abs(day - now.date()) > FARTHEST


def refuse(one: Picked, *, sentences: Sequence[str], nearest: Sequence[Slot]) -> Picked:
    """The same without a start, and why."""
    return replace(
        one,
        start=None,
        warnings=(),
        found=replace(one.found, start=None),
        refused=Refused(sentences=sentences, nearest=nearest),
    )


def can_set_aside(reasons: Iterable[Reason]) -> bool:
    """Whether, of everything the booking needs, somebody or something is only closed then and not taken."""
    needs: dict[str, dict[UUID | None, set[str]]] = {}
    for one in reasons:
        kind, who = str(one.facts.get("kind", "")), one.facts.get("resource_id")
        needs.setdefault(kind, {}).setdefault(who if isinstance(who, UUID) else None, set()).add(
            one.word
        )
    return all(any(words <= SET_ASIDE for words in of.values()) for of in needs.values())


def _reasons(wanted: Wanted, start: datetime) -> list[Reason]:
    found = why_not(
        business=wanted.business,
        service=wanted.service,
        location=wanted.location,
        professional=wanted.professional,
        starts_at=start,
        now=wanted.now,
        for_staff=True,
        ignoring=wanted.moving,
    )
    return [one for one in found if one.word not in NOT_FOR_STAFF]


def _nearest(wanted: Wanted, start: datetime) -> list[Slot]:
    return nearest_alternatives(
        business=wanted.business,
        service=wanted.service,
        location=wanted.location,
        professional=wanted.professional,
        starts_at=start,
        now=wanted.now,
        for_staff=True,
        ignoring=wanted.moving,
    )


def picker_values(
    one: Picked, *, link: Linker, page_url: str, extra: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """What the picker's templates are given; `extra` are further choices its forms keep."""
    kept = replace(one.asked, start=one.start, minute=None)
    when = draw(wanted=one.wanted, found=one.found, asked=kept, refused=one.refused, link=link)
    context = picker_context(when=when, reading=one.wanted.reading, asked=kept, page_url=page_url)
    for name in ("zone_pairs", "wish_pairs"):
        context[name] = [*context[name], *extra]
    return context
