"""Bars upon one another: nothing is drawn outside, nothing is lost, and words say the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from clientela.web.design.bar_chart import HEIGHT, WIDTH, BarChart, Series, round_up
from clientela.web.design.templatetags.chart import bar_chart, share_of

RECT = re.compile(
    r'<rect class="([^"]+)" data-hue="(\d+)" data-vivid="bold" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>'
)


def chart(*series: list[int], below: list[int] | None = None) -> BarChart:
    bars = len(series[0])
    return BarChart(
        key="k",
        title="Taken",
        summary="All of it",
        words=[f"bar {n}" for n in range(bars)],
        ends=["first", "last"],
        series=[Series(label=f"s{n}", hue=10 * n, values=one) for n, one in enumerate(series)],
        below=Series(label="back", hue=20, values=below) if below else None,
    )


@pytest.mark.parametrize(
    ("value", "edge"),
    [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 5),
        (9, 10),
        (10, 10),
        (11, 20),
        (21, 25),
        (2501, 5000),
        (99999, 100000),
    ],
)
def test_the_edge_is_the_next_round_number(value: int, edge: int) -> None:
    assert round_up(value) == edge


bars = st.lists(st.tuples(*[st.integers(0, 10**9)] * 3), min_size=1, max_size=40).map(
    lambda rows: [list(column) for column in zip(*rows, strict=True)]
)


@given(bars)
def test_every_bar_lies_inside_and_is_as_high_as_its_value(columns: list[list[int]]) -> None:
    first, second, back = columns
    drawn = chart(first, second, below=back)
    whole = max(drawn.top + drawn.bottom, 1)
    rects = RECT.findall(str(drawn.drawing()))
    assert len(rects) == sum(value > 0 for column in columns for value in column)
    for _cls, _hue, x, y, across, high in rects:
        assert float(x) + float(across) <= WIDTH + 0.2
        assert -0.2 <= float(y) <= float(y) + float(high) <= HEIGHT + 0.2
    drawn_high = sum(float(rect[5]) for rect in rects)
    assert drawn_high == pytest.approx(
        HEIGHT * sum(map(sum, columns)) / whole, abs=0.06 * len(rects) + 0.001
    )


def test_what_hangs_below_begins_at_the_line_others_end_at() -> None:
    rects = RECT.findall(str(chart([100], [50], below=[25]).drawing()))
    (low, upper, under) = rects
    assert float(low[3]) == pytest.approx(float(upper[3]) + float(upper[5]), abs=0.2)
    assert float(under[3]) == pytest.approx(float(low[3]) + float(low[5]), abs=0.2)
    assert under[0] == "chart-bar chart-below"


def test_the_drawing_is_told_in_words_and_escapes_them() -> None:
    one = chart([100, 0], [5, 0], below=[1, 0])
    html = bar_chart(one, "EUR")
    assert 'role="img" aria-labelledby="k-title k-summary"' in html
    assert 'id="k-title">Taken<' in html
    assert 'id="k-summary">All of it<' in html
    assert "<title>bar 0</title>" in html
    assert "bar 1" not in html
    assert [label for label in ("s0", "s1", "back") if label in html] == ["s0", "s1", "back"]
    assert "style=" not in html
    evil = BarChart(
        key="k",
        title="<b>",
        summary="<i>",
        words=["<script>"],
        ends=["<u>"],
        series=[Series(label="<s>", hue=1, values=[1])],
    )
    assert "<script>" not in bar_chart(evil)
    assert "<b>" not in bar_chart(evil)


def test_nothing_at_all_is_empty() -> None:
    assert chart([0, 0]).is_empty
    assert not chart([0], below=[1]).is_empty
    assert [one.label for one in chart([0], [1]).shown] == ["s1"]


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(0, 0, 0), (1, 0, 0), (1, 3, 33), (5, 4, 100), (-1, 4, 0)]
)
def test_a_share_stays_within_the_whole(part: int, whole: int, share: int) -> None:
    assert share_of(part, whole) == share
