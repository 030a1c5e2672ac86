"""The clock: real, unless a demonstration or a test moves it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from clientela.platform import clock

SUMMER = "2026-07-01T12:00:00+02:00"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch, settings, tmp_path):
    clock._shift.cache_clear()
    monkeypatch.setenv(clock.ANCHOR_VARIABLE, "")
    settings.DATA_DIR = tmp_path
    yield
    clock._shift.cache_clear()


def about(moment: datetime) -> bool:
    return abs(clock.now() - moment) < timedelta(seconds=5)


def test_the_clock_tells_real_utc_time() -> None:
    assert clock.now().tzinfo is UTC
    assert about(datetime.now(tz=UTC))  # noqa: TID251 -- what the clock is compared with
    assert clock.shift() == timedelta()


def test_a_moved_clock_starts_where_it_is_told_and_runs_on(settings) -> None:
    settings.CLIENTELA_NOW = SUMMER
    begun = clock.now()

    assert about(datetime(2026, 7, 1, 10, tzinfo=UTC))
    assert clock.now() > begun


def test_a_time_without_an_offset_is_utc(settings) -> None:
    settings.CLIENTELA_NOW = "2026-07-01T12:00"

    assert about(datetime(2026, 7, 1, 12, tzinfo=UTC))


def test_nonsense_is_refused_with_an_example(settings) -> None:
    settings.CLIENTELA_NOW = "tomorrow"

    with pytest.raises(ImproperlyConfigured, match="2026-03-29"):
        clock.now()


def test_a_production_clock_cannot_be_moved(settings) -> None:
    settings.CLIENTELA_NOW, settings.TESTING, settings.DEBUG, settings.DEMO = (
        SUMMER,
        False,
        False,
        False,
    )

    with pytest.raises(ImproperlyConfigured, match="neither"):
        clock.now()


def test_a_child_process_inherits_the_moved_clock(settings) -> None:
    settings.CLIENTELA_NOW = SUMMER
    shift = clock.shift()
    clock._shift.cache_clear()
    settings.DATA_DIR = None  # only the environment is left to learn it from

    assert clock.shift() == shift


def test_a_stranger_reads_the_anchor_from_the_data_folder_while_its_writer_lives(
    settings, monkeypatch
) -> None:
    settings.CLIENTELA_NOW = SUMMER
    shift = clock.shift()
    clock._shift.cache_clear()
    monkeypatch.setenv(clock.ANCHOR_VARIABLE, "")

    assert clock.shift() == shift


def test_the_anchor_of_a_dead_process_counts_no_more(settings, tmp_path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    written = {"now": SUMMER, "anchor": "2020-01-01T00:00:00+00:00", "pid": dead.pid}
    (tmp_path / clock.ANCHOR_FILE).write_text(json.dumps(written))
    settings.CLIENTELA_NOW = SUMMER

    assert about(datetime(2026, 7, 1, 10, tzinfo=UTC))


def test_the_anchor_of_another_time_counts_not(settings, monkeypatch) -> None:
    monkeypatch.setenv(
        clock.ANCHOR_VARIABLE, json.dumps({"now": "2020-01-01", "anchor": "2020-01-01"})
    )
    settings.CLIENTELA_NOW = SUMMER

    assert about(datetime(2026, 7, 1, 10, tzinfo=UTC))
