"""The drawing of takings: a bar for each day, or for each month where there are many days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from clientela.checkout.queries.reports.takings import Sums, Takings
from clientela.ledger.models import Method
from clientela.web.design.bar_chart import BarChart, Series
from clientela.web.design.figures import money
from clientela.web.design.times import day_and_year, month_and_year, short_day
from clientela.web.desk.sales.methods import method_words

MOST_DAYS: Final = 62
"""More days than that are drawn by month."""
HUES: Final = {Method.CASH: 130, Method.TERMINAL: 200, Method.TRANSFER: 320, Method.ONLINE: 260}
_BACK: Final = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """What one bar is of, in words, with its sums."""

    label: str
    sums: Sums


def chart_of(found: Takings) -> BarChart:
    """Payments upon one another by way of paying, and what was given back below the line."""
    places = _places(found)
    methods: dict[tuple[date, str], Sums] = defaultdict(Sums)
    for (on, method), sums in found.day_methods.items():
        methods[_bar_of(on, found), method] += sums
    back = [sum(methods[one, method].back for method in Method) for one in places]
    bars = by_bar(found, every=True)
    return BarChart(
        key="takings",
        title=_("Taken, by month") if _is_long(found) else _("Taken, by day"),
        summary=_summary(found, bars),
        words=[_words(one, found.currency) for one in bars],
        ends=[bars[n].label for n in sorted({0, len(bars) // 2, len(bars) - 1})],
        series=[
            Series(
                label=method_words(method),
                hue=HUES[method],
                values=[methods[one, method].taken for one in places],
            )
            for method in Method
        ],
        below=Series(label=_("Given back"), hue=_BACK, values=back),
    )


def by_bar(found: Takings, *, every: bool = False) -> list[Bar]:
    """The sums of each bar; without ``every`` only where something was taken, given back or sold."""
    sums: dict[date, Sums] = defaultdict(Sums)
    for on, one in found.days.items():
        sums[_bar_of(on, found)] += one
    places = _places(found) if every else sorted(sums)
    return [Bar(_label(one, found), sums[one]) for one in places]


def _is_long(found: Takings) -> bool:
    return (found.end - found.start).days >= MOST_DAYS


def _bar_of(on: date, found: Takings) -> date:
    return on.replace(day=1) if _is_long(found) else on


def _places(found: Takings) -> list[date]:
    days = (found.end - found.start).days + 1
    return sorted({_bar_of(found.start + timedelta(days=n), found) for n in range(days)})


def _label(on: date, found: Takings) -> str:
    return str(month_and_year(on) if _is_long(found) else short_day(on))


def _words(bar: Bar, currency: str) -> str:
    words = _("%(day)s: %(amount)s") % {"day": bar.label, "amount": money(bar.sums.taken, currency)}
    if not bar.sums.back:
        return words
    return _("%(words)s, given back %(amount)s") % {
        "words": words,
        "amount": money(bar.sums.back, currency),
    }


def _summary(found: Takings, bars: list[Bar]) -> str:
    best = max(bars, key=lambda bar: bar.sums.taken)
    return _(
        "From %(start)s to %(end)s %(taken)s were taken and %(back)s given back. Most came on %(best)s. "
        "The table below has all figures."
    ) % {
        "start": day_and_year(found.start),
        "end": day_and_year(found.end),
        "taken": money(found.total.taken, found.currency),
        "back": money(found.total.back, found.currency),
        "best": best.label,
    }
