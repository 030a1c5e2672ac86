"""Times in words: the zone decides the day, the language decides the words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from clientela.web.design import times

LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
TEATIME = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)


def test_the_same_instant_is_another_day_in_another_zone() -> None:
    assert times.clock(LATE, "Europe/Madrid") == "00:30"
    assert times.day(LATE, "Europe/Madrid") == "Wednesday 25 November"
    assert times.day(LATE, "America/New_York") == "Tuesday 24 November"


@pytest.mark.parametrize(
    ("language", "long", "short", "with_year", "zone"),
    [
        ("en", "Tuesday 24 November", "Tue 24 Nov", "Tuesday 24 November 2026", "Rome time (CET)"),
        (
            "es",
            "martes 24 de noviembre",
            "mar 24 nov",
            "martes 24 de noviembre de 2026",
            "hora de Roma (CET)",
        ),
        (
            "it",
            "martedì 24 novembre",
            "mar 24 nov",
            "martedì 24 novembre 2026",
            "ora di Roma (CET)",
        ),
    ],
)
def test_days_and_zones_are_written_as_a_receptionist_would(
    language: str, long: str, short: str, with_year: str, zone: str
) -> None:
    with override(language):
        assert times.day(TEATIME, "Europe/Rome") == long
        assert times.short_day(TEATIME, "Europe/Rome") == short
        assert times.day_and_year(TEATIME, "Europe/Rome") == with_year
        assert times.zone_name("Europe/Rome", TEATIME) == zone


def test_a_plain_date_needs_no_zone() -> None:
    assert times.day(date(2026, 11, 24)) == "Tuesday 24 November"


def test_a_zone_that_has_no_city_keeps_its_name() -> None:
    assert times.zone_city("UTC") == "UTC"
    assert times.zone_name("UTC", TEATIME) == "UTC"


@pytest.mark.parametrize(
    ("language", "first", "again"),
    [
        ("en", "first, CEST", "again, CET"),
        ("es", "la primera, CEST", "otra vez, CET"),
        ("it", "la prima, CEST", "di nuovo, CET"),
    ],
)
def test_the_hour_that_happens_twice_says_which_it_is(
    language: str, first: str, again: str
) -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    after = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    with override(language):
        assert (
            times.clock(before, "Europe/Madrid") == times.clock(after, "Europe/Madrid") == "02:30"
        )
        assert times.doubled(before, "Europe/Madrid") == first
        assert times.doubled(after, "Europe/Madrid") == again


def test_an_hour_that_happens_once_says_nothing() -> None:
    assert times.doubled(TEATIME, "Europe/Madrid") == ""


def test_a_stub_has_weekday_figure_and_month() -> None:
    with override("it"):
        assert times.stub(TEATIME, "Europe/Rome") == ("martedì", "24", "novembre")
        assert times.stub(TEATIME, "Europe/Rome", short=True) == ("mar", "24", "nov")


def test_midnight_at_the_end_of_a_day_is_24_00() -> None:
    assert (times.clock_of_minute(0), times.clock_of_minute(1440)) == ("00:00", "24:00")


def test_a_time_for_machines_carries_its_offset() -> None:
    assert times.iso(TEATIME, "Europe/Madrid") == "2026-11-24T17:30+01:00"
