"""The ribbon: the working day as one thin line. Places are SVG attributes, because no inline style is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clientela.web.design.shapes import Span

WIDTH, HEIGHT = 100, 6


def ribbon(*, spans: Sequence[Span], opens: int, closes: int, kind: str = "free") -> SafeString:
    """Stretches of a day between `opens` and `closes` (minutes from midnight): `free`, `load` or `you`.

    What lies outside is cut off. Always hidden from screen readers: words beside it say the same.
    """
    day = max(closes - opens, 1)
    cut = [(max(start, opens), min(end, closes)) for start, end in spans]
    rects = [
        (kind, _share(start - opens, day), _share(end - start, day), HEIGHT)
        for start, end in cut
        if end > start
    ]
    return _drawn(rects)


def load_ribbon(percent: int) -> SafeString:
    """How full a day is, 0 to 100."""
    return _drawn([("load", 0, min(max(percent, 0), WIDTH), HEIGHT)])


def _share(minutes: int, day: int) -> float:
    return round(WIDTH * minutes / day, 1)


def _drawn(rects: Sequence[tuple[str, float, float, int]]) -> SafeString:
    return format_html(
        '<svg class="ribbon" viewBox="0 0 {0} {1}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bed" width="{0}" height="{1}"/>{2}</svg>',
        WIDTH,
        HEIGHT,
        format_html_join("", '<rect class="{}" x="{}" width="{}" height="{}"/>', rects),
    )
