"""Times in words: mails and pages say them alike, and a doubled hour is never left open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from clientela.platform import time_words
from clientela.web.design import figures, times

MOMENTS = [
    datetime(2026, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2026, 11, 24, 16, 30, tzinfo=UTC),
]
ZONES = ["Europe/Madrid", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu", "UTC"]


@pytest.mark.parametrize("language", ["es", "it", "en"])
@pytest.mark.parametrize("zone", ZONES)
def test_mails_and_pages_say_a_time_in_the_same_words(language, zone):
    with override(language):
        for at in MOMENTS:
            doubled = times.doubled(at, zone)
            page = times.clock(at, zone) + (f" ({doubled})" if doubled else "")
            assert time_words.exact_clock(at, zone) == page
            assert time_words.day_and_year(at, zone) == times.day_and_year(at, zone)
            assert time_words.short_day(at, zone) == times.short_day(at, zone)
            assert time_words.stub(at, zone) == times.stub(at, zone)
            assert time_words.zone_name(zone, at) == times.zone_name(zone, at)


@pytest.mark.parametrize("lasts", [5, 45, 60, 75, 120])
def test_mails_and_pages_say_a_length_in_the_same_words(lasts):
    for language in ("es", "it", "en"):
        with override(language):
            assert time_words.minutes(lasts) == figures.minutes(lasts)


def test_the_second_of_a_doubled_hour_is_named():
    with override("en"):
        again = time_words.exact_clock(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Madrid")
    assert again == "02:30 (again, CET)"
