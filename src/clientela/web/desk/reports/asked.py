"""What a report is asked for: which days, and as known when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from clientela.rules.clock_time import local_date, to_exact
from clientela.web.design.shapes import Link
from clientela.web.desk.settings.parts import DayField
from clientela.web.desk.staff import Desk

LONGEST_DAYS: Final = 1100
"""Three years and a little: longer than that a chart says nothing."""
_INSTANT: Final = timedelta(microseconds=1)


class AskedForm(forms.Form):
    """The days, and the day whose knowledge counts."""

    start = DayField(label=pgettext_lazy("first day", "From"))
    end = DayField(label=pgettext_lazy("last day", "To"))
    known = DayField(
        label=gettext_lazy("As known on"),
        required=False,
        help_text=gettext_lazy("Leaves out whatever was recorded later. Empty: as known now."),
    )

    def __init__(self, data: Mapping[str, str] | None, *, initial: dict[str, Any]) -> None:
        """Of a report that has no days, none are asked."""
        super().__init__(data, initial=initial)
        for name in ("start", "end"):
            self.fields[name].required = data is None or name in data

    def clean(self) -> dict[str, Any]:
        """The days go forward, and not for ever."""
        given: dict[str, Any] = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day cannot be before the first."))
        elif start and end and (end - start).days > LONGEST_DAYS:
            self.add_error("end", _("Choose three years at most."))
        return given


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Days of the business, both included. ``known_at`` is the end of ``known_on`` there; none: as known now."""

    form: AskedForm
    today: date
    start: date
    end: date
    known_on: date | None
    known_at: datetime | None

    @property
    def on(self) -> date:
        """The day from which ages and remaining days are counted."""
        return self.known_on or self.today

    @property
    def query(self) -> str:
        """The same question for another address, such as the file's."""
        given = {"start": self.start, "end": self.end, "known": self.known_on}
        return urlencode({name: day.isoformat() for name, day in given.items() if day})

    def presets(self, page: str) -> list[Link]:
        """The stretches that are asked for most, with the one that is shown."""
        known = {"known": self.known_on.isoformat()} if self.known_on else {}
        return [
            Link(
                label=label,
                url=f"{page}?{urlencode({'start': start, 'end': end, **known})}",
                current=(start, end) == (self.start, self.end),
            )
            for label, start, end in _stretches(self.today)
        ]


def asked_of(given: Mapping[str, str], desk: Desk) -> Asked:
    """Read a question; what is missing or wrong is this month until today, as known now."""
    today = local_date(desk.now, desk.place_zone)
    sent = {name: given[name] for name in ("start", "end", "known") if name in given}
    form = AskedForm(sent or None, initial={"start": today.replace(day=1), "end": today})
    read = form.cleaned_data if form.is_bound and form.is_valid() else {}
    start = read.get("start") or today.replace(day=1)
    end = read.get("end") or max(today, start)
    known_on = read.get("known")
    if known_on is not None and known_on >= today:
        known_on = None
    return Asked(
        form=form,
        today=today,
        start=start,
        end=end,
        known_on=known_on,
        known_at=_end_of(known_on, desk.place_zone) if known_on else None,
    )


def _end_of(on: date, zone: str) -> datetime:
    """The last instant of a day."""
    after = to_exact(on=on, minute=24 * 60, zone_name=zone, gap="after", overlap="first")
    return after - _INSTANT


def _stretches(today: date) -> list[tuple[str, date, date]]:
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return [
        (_("This month"), first, today),
        (_("Last month"), before.replace(day=1), before),
        (_("30 days"), today - timedelta(days=29), today),
        (_("This year"), date(today.year, 1, 1), today),
        (_("Last year"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    ]
