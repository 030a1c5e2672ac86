"""A table as a file: no cell runs in a spreadsheet, numbers stay numbers, and every letter survives."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from clientela.web.table_file import table_bytes, table_file


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "begins", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_a_name_that_would_run_as_a_formula_is_set_behind_an_apostrophe(begins: str) -> None:
    evil = f'{begins}cmd|" /C calc"!A0'
    head, row = read(table_bytes(["Client", evil], [[evil, "ok"]]))
    assert head[1].startswith("'")
    assert row[0].startswith("'")
    assert row[0].removeprefix("'").replace("\r", "\n") == evil.replace("\r", "\n")


def test_numbers_days_and_nothing_are_written_as_they_are() -> None:
    (_, row) = read(
        table_bytes(["a"], [[-5, Decimal("-12.50"), date(2026, 11, 23), None, 'Łucja; "Ana", x']])
    )
    assert row == ["-5", "-12.50", "2026-11-23", "", 'Łucja; "Ana", x']


def test_the_file_is_handed_over_to_be_saved_and_kept_by_nobody() -> None:
    answer = table_file("a.csv", ["a"], [])
    assert answer["Content-Disposition"] == 'attachment; filename="a.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
