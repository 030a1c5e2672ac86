"""The list of erasures: added to, read back, and honest about a line that is none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clientela.platform.erasure_list import (
    CARD,
    LOGIN,
    Erasure,
    ListUnreadable,
    erasures,
    note_erasures,
)
from clientela.platform.ids import uuid7

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    settings.ERASURE_LIST = tmp_path / "erasures.txt"
    return tmp_path / "erasures.txt"


def test_what_is_noted_is_read_back_once_and_by_its_owner_only(file: Path) -> None:
    assert erasures() == []
    one, other = Erasure(CARD, uuid7(), AT), Erasure(LOGIN, uuid7(), AT)
    note_erasures([one])
    note_erasures([other, one])
    assert erasures() == [one, other]
    assert file.stat().st_mode & 0o077 == 0


def test_a_line_cut_off_by_a_crash_is_left_out(file: Path) -> None:
    one = Erasure(CARD, uuid7(), AT)
    note_erasures([one])
    with file.open("a") as end:
        end.write(f"card {str(uuid7())[:20]}")
    assert erasures() == [one]


@pytest.mark.parametrize(
    "line", ["card", "dog {key} {at}", "card 12 {at}", "card {key} soon", "card {key} 2026-11-23"]
)
def test_a_line_that_is_no_erasure_is_told_by_its_number(file: Path, line: str) -> None:
    note_erasures([Erasure(CARD, uuid7(), AT)])
    with file.open("a") as end:
        end.write(line.format(key=uuid7(), at=AT.isoformat()) + "\n")
    with pytest.raises(ListUnreadable, match="line 2"):
        erasures()
