"""Why an asked time is not offered, in sentences, and the nearest ones that are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clientela.booking.errors import SlotTaken, StartRefused
from clientela.booking.queries.alternatives import nearest_alternatives
from clientela.booking.queries.why_not import Reason, why_not
from clientela.booking.slot import Slot
from clientela.rules.slots import PROFESSIONAL
from clientela.web import refusals
from clientela.web.design import times
from clientela.web.picker.search import Search, Wanted

# What keeps somebody away, from the nearest miss to the farthest.
NEARNESS = ("professional-busy", "buffer", "time-off", "outside-hours", "closed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """Sentences about the asked time, the weightiest first; nothing when it is free or none was asked."""

    sentences: Sequence[str] = ()
    nearest: Sequence[Slot] = ()


def refused(*, wanted: Wanted, found: Search) -> Refused:
    """Explain the asked start. Queries run only when there is something to explain."""
    if found.no_such_time:
        return Refused(sentences=[refusals.sentence("no-such-time")])
    if found.start is None or found.chosen:
        return Refused()
    reasons = why_not(
        business=wanted.business,
        service=wanted.service,
        location=wanted.location,
        professional=wanted.professional,
        starts_at=found.start,
        now=wanted.now,
        ignoring=wanted.moving,
        client=wanted.client,
    )
    zone = wanted.reading.zone
    told = [
        refusals.sentence(one.word, facts=one.facts, zone=zone)
        for one in weightiest(reasons, anyone=wanted.professional is None)
    ]
    return Refused(
        sentences=[_not_free(found.start, zone), *dict.fromkeys(told)],
        nearest=nearest(wanted=wanted, start=found.start),
    )


def lost(refusal: StartRefused, *, start: datetime, anyone: bool, zone: str) -> list[str]:
    """Say why a start that was asked for in a form could not be had: that it was just taken, or all that bars it."""
    first = refusals.sentence(refusal.reason, facts={"starts_at": start}, zone=zone)
    if isinstance(refusal, SlotTaken):
        return [first]
    reasons = [
        Reason(str(why.reason), {"kind": why.kind, "until": why.until}) for why in refusal.reasons
    ]
    told = [
        refusals.sentence(one.word, facts=one.facts, zone=zone)
        for one in weightiest(reasons, anyone=anyone)
    ]
    return list(dict.fromkeys(told)) or [first]


def weightiest(reasons: Sequence[Reason], *, anyone: bool) -> list[Reason]:
    """The reasons worth saying. Where anyone would do, only what keeps the best placed person away."""
    people = [one for one in reasons if one.facts.get("kind") == PROFESSIONAL]
    if not anyone or len(people) < 2:  # noqa: PLR2004 -- one person, one set of reasons
        return list(reasons)
    best = min(people, key=lambda one: NEARNESS.index(one.word) if one.word in NEARNESS else 99)
    return [one for one in reasons if one not in people or one is best]


def nearest(*, wanted: Wanted, start: datetime) -> list[Slot]:
    """The free starts nearest to the one that is not."""
    return list(
        nearest_alternatives(
            business=wanted.business,
            service=wanted.service,
            location=wanted.location,
            professional=wanted.professional,
            starts_at=start,
            now=wanted.now,
            ignoring=wanted.moving,
            client=wanted.client,
        )
    )


def _not_free(start: datetime, zone: str) -> str:
    """Name the time before explaining it."""
    return _("%(day)s at %(time)s (%(city)s) cannot be booked.") % {
        "day": capfirst(times.day(start, zone)),
        "time": times.clock(start, zone),
        "city": times.zone_city(zone),
    }
