"""A chart of standing bars as SVG: several series upon one another, and what was taken away below the line.

Places are SVG attributes, because no inline style is allowed; words stand beside the drawing as text, so that they keep
their size when it is squeezed. The page gives the same figures as a table: the drawing is for the eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH: Final = 1000
HEIGHT: Final = 240
_GAP: Final = 0.28
"""The share of a bar's place that stays free beside it."""
_STEPS: Final = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One of the things that are piled up: its name, its colour, and a value for each bar, none negative."""

    label: str
    hue: int
    values: Sequence[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class BarChart:
    """Bars side by side, all of them of one kind of value.

    ``words`` says of each bar in a sentence what it shows; ``ends`` name the first, the middle and the last.
    ``below`` hangs under the line. ``key`` begins the ids of its parts.
    """

    key: str
    title: str
    summary: str
    words: Sequence[str]
    ends: Sequence[str]
    series: Sequence[Series]
    below: Series | None = None

    @property
    def top(self) -> int:
        """The round value at the upper edge."""
        return round_up(
            max(map(sum, zip(*(one.values for one in self.series), strict=True)), default=0)
        )

    @property
    def bottom(self) -> int:
        """The round value at the lower edge; 0 where nothing hangs below."""
        lowest = max(self.below.values, default=0) if self.below else 0
        return round_up(lowest) if lowest else 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.top and not self.bottom

    @property
    def shown(self) -> list[Series]:
        """The series that have a value at all, for the key beside the drawing."""
        every = [*self.series, *([self.below] if self.below else [])]
        return [one for one in every if any(one.values)]

    def drawing(self) -> SafeString:
        """The bars, the line they stand on, and a line at the half and at the top."""
        whole = max(self.top + self.bottom, 1)
        base = HEIGHT * self.top / whole
        lines = [0.0, base / 2, base] if self.top else [base]
        return format_html(
            '<svg class="chart-bars" viewBox="0 0 {0} {1}" preserveAspectRatio="none" role="img" '
            'aria-labelledby="{2}-title {2}-summary">{3}{4}</svg>',
            WIDTH,
            HEIGHT,
            self.key,
            format_html_join(
                "", '<path class="chart-line" d="M0 {}H{}"/>', [(_n(y), WIDTH) for y in lines]
            ),
            format_html_join(
                "", "{}", [(self._bar(n, base, whole),) for n in range(len(self.words))]
            ),
        )

    def _bar(self, place: int, base: float, whole: int) -> SafeString:
        """One bar with its words, which a pointer shows."""
        step = WIDTH / max(len(self.words), 1)
        x, across = place * step + step * _GAP / 2, step * (1 - _GAP)
        rects, up = [], base
        for one in self.series:
            high = HEIGHT * one.values[place] / whole
            up -= high
            if high:
                rects.append(("chart-bar", one.hue, _n(x), _n(up), _n(across), _n(high)))
        if self.below and self.below.values[place]:
            high = HEIGHT * self.below.values[place] / whole
            rects.append(
                ("chart-bar chart-below", self.below.hue, _n(x), _n(base), _n(across), _n(high))
            )
        if not rects:
            return SafeString("")
        drawn = format_html_join(
            "",
            '<rect class="{}" data-hue="{}" data-vivid="bold" x="{}" y="{}" width="{}" height="{}"/>',
            rects,
        )
        return format_html("<g><title>{}</title>{}</g>", self.words[place], drawn)


def round_up(value: int) -> int:
    """The next round number: 1, 2, 2.5 or 5 with noughts."""
    if value <= 0:
        return 0
    power = 10 ** (len(str(value)) - 1)
    return int(next(step * power for step in _STEPS if step * power >= value)) or 1


def _n(number: float) -> str:
    """A number for SVG: a tenth is finer than a pixel."""
    return f"{number:.1f}".removesuffix(".0")
