"""Weeks of a month, parts of a day, and the lines under a start."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from clientela.web.design.days import free_day, group_slots, month_weeks, slot_lines, weekday_heads
from clientela.web.design.shapes import Slot


def at(hour: int, minute: int = 0) -> Slot:
    return Slot(at=datetime(2026, 11, 24, hour, minute, tzinfo=UTC), url="#")


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", {"Morning": ["11:30"], "Afternoon": ["12:30", "13:30"], "Evening": ["18:30"]}),
        ("es", {"Mañana": ["11:30", "12:30", "13:30"], "Tarde": ["18:30"]}),
        ("it", {"Mattina": ["11:30", "12:30"], "Pomeriggio": ["13:30"], "Sera": ["18:30"]}),
    ],
)
def test_a_day_is_divided_as_the_language_divides_it(
    language: str, labels: dict[str, list[str]]
) -> None:
    slots = [at(11, 30), at(12, 30), at(13, 30), at(18, 30)]
    with override(language):
        groups = group_slots(slots, zone="UTC")
    assert {
        group.label: [slot.at.strftime("%H:%M") for slot in group.slots] for group in groups
    } == labels


def test_a_month_starts_on_monday_and_keeps_other_months_out() -> None:
    weeks = month_weeks(
        first=date(2026, 11, 1), free={date(2026, 11, 24): "/there"}, chosen=date(2026, 11, 24)
    )
    first, *_, last = weeks
    assert [cell and cell.on.day for cell in first] == [None] * 6 + [1]
    assert [cell and cell.on.day for cell in last] == [30] + [None] * 6
    [free] = [cell for week in weeks for cell in week if cell and cell.url]
    assert (free.on, free.url, free.chosen) == (date(2026, 11, 24), "/there", True)


def test_weekdays_are_headed_in_the_language() -> None:
    with override("es"):
        assert weekday_heads()[:3] == [("L", "lunes"), ("M", "martes"), ("X", "miércoles")]
        assert free_day(date(2026, 11, 24)) == "martes 24 de noviembre, con horas libres"


def test_a_start_says_the_visitors_own_time_only_where_it_differs() -> None:
    assert slot_lines(at(9), "Europe/London", "Europe/Rome") == ["10:00 Rome"]
    assert slot_lines(at(9), "Europe/Rome", "Europe/Madrid") == []
    assert slot_lines(at(9), "Europe/London") == []


def test_a_doubled_start_says_which_before_anything_else() -> None:
    slot = Slot(at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), url="#", note="last seat")
    assert slot_lines(slot, "Europe/London", "America/New_York") == [
        "again, GMT",
        "21:30 New York",
        "last seat",
    ]
