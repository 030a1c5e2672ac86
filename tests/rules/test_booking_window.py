"""How soon and how far ahead: exact minutes of lead, local dates of horizon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from clientela.rules.booking_window import BookingWindow, decide_window, window_interval

MADRID = "Europe/Madrid"
NOW = datetime(
    2026, 3, 27, 22, 30, tzinfo=UTC
)  # Friday 23:30 in Madrid; the clocks change on Sunday
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (NOW - TICK, "past"),
        (NOW, "lead-time"),
        (NOW + timedelta(minutes=120) - TICK, "lead-time"),
        (NOW + timedelta(minutes=120), "open"),
        (
            datetime(2026, 3, 29, 22, tzinfo=UTC) - TICK,
            "open",
        ),  # the last instant of Sunday in Madrid
        (datetime(2026, 3, 29, 22, tzinfo=UTC), "beyond-horizon"),
    ],
)
def test_the_edges_of_the_window_are_exact(start: datetime, reason: str) -> None:
    window = BookingWindow(lead_minutes=120, horizon_days=2)
    decision = decide_window(window=window, start=start, now=NOW, zone_name=MADRID)
    assert (decision.reason.value, decision.allowed) == (reason, reason == "open")
    assert decision.opens_at == NOW + timedelta(minutes=120)
    assert decision.closes_at == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_without_lead_a_start_at_this_very_moment_is_open() -> None:
    decision = decide_window(window=BookingWindow(0, 0), start=NOW, now=NOW, zone_name=MADRID)
    assert decision.allowed


def test_the_horizon_counts_dates_of_the_location_not_of_the_server() -> None:
    today_only = BookingWindow(0, 0)
    closes = [
        decide_window(window=today_only, start=NOW, now=NOW, zone_name=zone).closes_at
        for zone in (MADRID, "UTC", "Pacific/Auckland")
    ]
    assert closes == [
        datetime(2026, 3, 27, 23, tzinfo=UTC),
        datetime(2026, 3, 28, tzinfo=UTC),
        datetime(2026, 3, 28, 11, tzinfo=UTC),
    ]


@given(lead=st.integers(0, 5000), horizon=st.integers(0, 5), minute=st.integers(-100, 10_000))
def test_the_interval_of_the_window_holds_exactly_what_is_allowed(
    lead: int, horizon: int, minute: int
) -> None:
    window, start = BookingWindow(lead, horizon), NOW + timedelta(minutes=minute)
    interval = window_interval(window=window, now=NOW, zone_name=MADRID)
    inside = interval is not None and interval.contains(start)
    assert decide_window(window=window, start=start, now=NOW, zone_name=MADRID).allowed == inside


def test_limits_in_the_past_are_refused() -> None:
    for limits in ((-1, 3), (0, -1)):
        with pytest.raises(ValueError, match="ahead"):
            BookingWindow(*limits)
