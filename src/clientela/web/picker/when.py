"""When: the days with their free times, one day's starts, and why an asked time is not among them.

Everything is read in the reader's zone, also the border between two days. What cannot be chosen
says why: a day of the strip in a word, an asked start in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from clientela.booking.slot import Slot
from clientela.rules import clock_time
from clientela.web.design import days, shapes
from clientela.web.picker.asked import Asked
from clientela.web.picker.links import Linker, Offer, Offerer
from clientela.web.picker.neighbours import Neighbours, beside
from clientela.web.picker.refused import Refused
from clientela.web.picker.search import Search, Wanted
from clientela.web.picker.strip import by_session, span_words, strip_day

NOON = 12 * 60


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """Everything the picker's template draws. Addresses are complete; words are in the reader's language."""

    on: date
    noon: datetime
    strip: Sequence[shapes.Day]
    strip_label: str
    opens: int
    closes: int
    month_first: date
    month_free: Mapping[date, str]
    beside: Neighbours
    groups: Sequence[shapes.SlotGroup]
    empty: str
    first_free: Offer | None
    chosen: Slot | None
    refused: Sequence[str]
    nearest: Sequence[Offer]


def draw(*, wanted: Wanted, found: Search, asked: Asked, refused: Refused, link: Linker) -> When:
    """Lay the calendar's answer out. `asked` holds the choices that every link keeps."""
    zone = wanted.reading.zone
    kept = asked.with_(day=None)
    offer = Offerer(kept, link)
    return When(
        on=found.on,
        noon=clock_time.to_exact(
            on=found.on, minute=NOON, zone_name=zone, gap="after", overlap="first"
        ),
        strip=[
            strip_day(on, found=found, wanted=wanted, kept=kept, link=link) for on in found.strip
        ],
        strip_label=span_words(found.strip[0], found.strip[-1]),
        opens=found.opens,
        closes=found.closes,
        month_first=found.on.replace(day=1),
        month_free={
            on: link(kept.with_(day=on))
            for on in found.counts
            if (on.year, on.month) == (found.on.year, found.on.month)
        },
        beside=beside(found, kept=kept, link=link),
        groups=_groups(found, offer=offer, wanted=wanted),
        empty="" if found.starts else _why_empty(found, scheduled=by_session(wanted)),
        first_free=offer(found.first_free) if found.first_free else None,
        chosen=found.chosen,
        refused=refused.sentences,
        nearest=[offer(slot) for slot in refused.nearest],
    )


def _groups(found: Search, *, offer: Offerer, wanted: Wanted) -> list[shapes.SlotGroup]:
    """The chosen day's starts by part of the day; of a move, the present time says that it is."""
    chosen = found.chosen
    present = wanted.moving.starts_at if wanted.moving else None
    slots = []
    for slot in found.starts:
        made = offer(slot)
        is_chosen = chosen is not None and chosen.starts_at == slot.starts_at
        note = _("your time now") if slot.starts_at == present else made.note
        slots.append(shapes.Slot(at=made.at, url=made.url, chosen=is_chosen, note=note))
    return days.group_slots(slots, zone=wanted.reading.zone)


def _why_empty(found: Search, *, scheduled: bool) -> str:
    """Why the chosen day has no times, as a sentence."""
    if not found.counts:
        return _("There is no free time in the whole calendar")
    if found.on > found.last:
        return _("The calendar is not open that far ahead yet")
    if scheduled or found.on in found.open_days:
        return _("Nothing is free any more that day")
    return _("Closed that day")
