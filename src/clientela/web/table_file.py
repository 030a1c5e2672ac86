"""A table as a CSV file that opens as what it is: UTF-8, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from django.http import HttpResponse

Cell = str | int | Decimal | date | None
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MARK: Final = b"\xef\xbb\xbf"
"""By it spreadsheets know UTF-8."""


def table_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV. Text is made calm; numbers and days are the program's own and stay as they are."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([calm(one) for one in head])
    table.writerows([_written(cell) for cell in row] for row in rows)
    return _MARK + out.getvalue().encode()


def table_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return the table as a file to be saved under a name; nobody on the way may keep it."""
    answer = HttpResponse(table_bytes(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def calm(cell: str) -> str:
    """Return the cell so that no spreadsheet reads it as a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return calm(cell) if isinstance(cell, str) else str(cell)
