"""The choices in an address: read tolerantly, written in one form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from clientela.web.picker.asked import Asked, instant_text

ID = UUID(int=7)
START = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)


def test_what_is_written_is_read_back() -> None:
    asked = Asked(
        service=ID,
        location=ID,
        professional=ID,
        day=date(2026, 11, 24),
        start=START,
        zone="Europe/Rome",
    )
    assert Asked.read(dict(asked.pairs())) == asked


def test_nothing_chosen_is_no_query() -> None:
    assert Asked().query() == ""


@pytest.mark.parametrize(
    "text",
    ["20261124T1630Z", "2026-11-24T17:30+01:00", "2026-11-24T17:30 01:00", "2026-11-24T16:30Z"],
)
def test_a_start_is_read_in_any_form_that_names_its_offset(text: str) -> None:
    assert Asked.read({"start": text}).start == START


@pytest.mark.parametrize(
    "query",
    [
        {"service": "7"},
        {"start": "2026-11-24T17:30"},
        {"start": "tomorrow"},
        {"day": "2026-02-30"},
        {"at": "24:00"},
        {"at": "later"},
        {"zone": "Mars/Olympus"},
        {"zone": "../etc/passwd"},
        {"zone": "x" * 5000},
    ],
)
def test_what_cannot_be_read_is_not_chosen(query: dict[str, str]) -> None:
    assert Asked.read(query) == Asked()


def test_another_service_place_or_day_lets_go_of_the_start() -> None:
    asked = Asked(start=START, minute=5)
    for change in ({"service": ID}, {"location": ID}, {"day": date(2026, 11, 25)}):
        assert asked.with_(**change).start is None
    assert asked.with_(professional=ID).start == START


def test_a_start_is_written_in_universal_time() -> None:
    assert instant_text(datetime.fromisoformat("2026-11-24T17:30+01:00")) == "20261124T1630Z"
