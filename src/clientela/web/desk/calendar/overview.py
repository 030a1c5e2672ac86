"""The week in three other shapes: seven days with their load, a table of people by days, and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from clientela.web.design.shapes import Entry
from clientela.web.desk.calendar.asked import Looking, View
from clientela.web.desk.calendar.card import Card
from clientela.web.desk.calendar.day_grid import count_words
from clientela.web.desk.calendar.week import Week


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekDay:
    """One day of the bar: how full it is, and in words how many come."""

    on: date
    url: str
    words: str
    load: int
    is_today: bool
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekRow:
    """One professional's week: the cards of each day."""

    name: str
    hue: int
    days: Sequence[Sequence[Card]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedDay:
    """One day as a list."""

    on: date
    entries: Sequence[Entry]
    is_today: bool


def week_bar(look: Looking, week: Week) -> list[WeekDay]:
    """The seven days; a day without working hours says closed, unless somebody comes all the same."""
    return [_week_day(look, week, on) for on in week.days]


def _week_day(look: Looking, week: Week, on: date) -> WeekDay:
    count, load = len(week.on(on)), week.load(on)
    words = _("closed") if not count and load is None else count_words(count)
    if on == look.today:
        words = _("%(count)s · today") % {"count": words}
    return WeekDay(
        on=on,
        url=look.at(on).seen(View.DAY if look.view is View.WEEK else look.view).url,
        words=words,
        load=load or 0,
        is_today=on == look.today,
        is_chosen=on == look.on,
    )


def week_table(week: Week) -> list[WeekRow]:
    """Professionals down, days across; who neither works nor has appointments that week is left out."""
    days = busy_days(week)
    return [
        WeekRow(
            name=one.name,
            hue=one.resource.hue,
            days=[[card for card in week.on(on) if card.professional_id == one.pk] for on in days],
        )
        for one in week.people
        if _works(week, one.pk)
    ]


def busy_days(week: Week) -> list[date]:
    """The days of the table: those on which somebody works or comes, or all of an empty week."""
    found = [on for on in week.days if week.on(on) or week.load(on) is not None]
    return found or list(week.days)


def _works(week: Week, person: UUID) -> bool:
    return bool(week.open[person]) or any(card.professional_id == person for card in week.cards)


def entry_of(card: Card) -> Entry:
    """A card as a line of a list."""
    return Entry(
        at=card.starts_at,
        lasts_minutes=card.minutes,
        who=card.who,
        url=card.url,
        what=card.detail,
        hue=card.hue,
        badges=[*card.badges, *card.calm],
    )


def day_list(look: Looking, week: Week, on: date) -> ListedDay:
    """One day as a list: the accessible calendar."""
    return ListedDay(
        on=on, entries=[entry_of(card) for card in week.on(on)], is_today=on == look.today
    )


def listed_days(look: Looking, week: Week) -> list[ListedDay]:
    """The days of the week on which somebody comes, and the day that is looked at."""
    days = [day_list(look, week, on) for on in week.days]
    return [one for one in days if one.entries or one.on == look.on]
