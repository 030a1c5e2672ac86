"""A file moved in time keeps its week days and its wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from tests.integrations.papers import example, full, text

from clientela.integrations.business_file.anchor import moved_to_this_week
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.problems import BadFile
from clientela.integrations.business_file.reading import read_text


def moved(paper: dict[str, object], now: datetime) -> BusinessFile:
    return moved_to_this_week(read_text(text(paper)), now=now)


def test_dates_move_by_whole_weeks_and_wall_clocks_stay() -> None:
    document = moved(example(), datetime(2026, 7, 8, 12, tzinfo=UTC))  # summer, 20 weeks earlier
    assert document.anchor is not None
    assert document.anchor.isoformat() == "2026-07-06"
    assert [entry.starts for entry in document.appointments] == [
        "2026-06-29T09:00", "2026-07-09T17:30", "2026-07-13T18:00",
    ]  # fmt: skip
    assert document.exceptions[0].on.isoformat() == "2026-07-14"
    assert (document.time_off[0].starts, document.time_off[0].ends) == (
        "2026-07-23T15:30",
        "2026-07-24T00:00",
    )
    assert document.closures[0].from_on.isoformat() == "2026-08-06"


def test_instants_move_and_what_was_computed_is_left_out() -> None:
    paper = full() | {"movements": []}
    document = moved(paper, datetime(2026, 12, 1, tzinfo=UTC))
    before = read_text(text(full()))
    first, was = document.appointments[0], before.appointments[0]
    assert first.created_at == was.created_at + timedelta(weeks=1) if was.created_at else False
    assert (first.at, first.tzdata, first.starts) == (None, None, "2026-11-01T02:30")
    assert document.clients[0].birthday == before.clients[0].birthday
    assert document.business.id == before.business.id


def test_the_dates_of_books_are_not_moved() -> None:
    with pytest.raises(BadFile) as refusal:
        moved(full(), datetime(2026, 12, 1, tzinfo=UTC))
    assert str(refusal.value) == "/movements: have the dates of the books, which cannot be moved"


def test_the_week_is_that_of_the_first_location() -> None:
    sunday_evening_in_madrid = datetime(2026, 11, 29, 22, 59, tzinfo=UTC)
    monday_morning_in_madrid = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)
    assert str(moved(example(), sunday_evening_in_madrid).anchor) == "2026-11-23"
    assert str(moved(example(), monday_morning_in_madrid).anchor) == "2026-11-30"


def test_what_has_not_begun_has_no_outcome_yet() -> None:
    paper = example()
    paper["appointments"] = [
        {**paper["appointments"][1], "starts": starts, "status": status}
        for starts, status in (
            ("2026-11-24T10:00", "attended"),
            ("2026-11-24T11:00", "attended"),
            ("2026-11-24T12:00", "no_show"),
            ("2026-11-24T13:00", "cancelled"),
        )
    ]
    document = moved(paper, datetime(2026, 11, 24, 10, 0, tzinfo=UTC))  # 11:00 in Madrid
    assert [entry.status for entry in document.appointments] == [
        "attended", "attended", "confirmed", "cancelled",
    ]  # fmt: skip


def test_a_file_without_an_anchor_stays_where_it_is() -> None:
    paper = example()
    del paper["anchor"]
    with pytest.raises(BadFile, match="/anchor: is missing"):
        moved(paper, datetime(2026, 7, 8, tzinfo=UTC))


def test_an_anchor_is_a_monday() -> None:
    with pytest.raises(BadFile, match="/anchor: must be a Monday"):
        read_text(text({**example(), "anchor": "2026-11-24"}))


@given(st.integers(min_value=-500, max_value=500))
def test_moving_there_and_back_changes_nothing(weeks: int) -> None:
    before = read_text(text(example()))
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    there = moved_to_this_week(before, now=now + timedelta(weeks=weeks))
    assert moved_to_this_week(there, now=now) == before
