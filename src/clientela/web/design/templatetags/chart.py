"""Drawings of figures: `{% load chart %}`, then `{% bar_chart chart "EUR" %}` with a `bar_chart.BarChart` of money."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from clientela.web.design.bar_chart import BarChart
from clientela.web.design.drawing import drawn
from clientela.web.design.figures import price

register = template.Library()


@register.simple_tag
def bar_chart(chart: BarChart, currency: str = "") -> SafeString:
    """A chart with its key and the values at its edges, as money of a currency or as plain numbers."""
    return drawn(
        "bar_chart",
        chart=chart,
        drawing=chart.drawing(),
        top=price(chart.top, currency) if currency else str(chart.top),
        bottom=price(-chart.bottom, currency) if currency else str(-chart.bottom),
    )


@register.simple_tag
def share_of(part: int, whole: int) -> int:
    """How many hundredths of the whole a part is, 0 to 100; for `{% load_ribbon %}`."""
    return min(max(round(100 * part / whole), 0), 100) if whole > 0 else 0
