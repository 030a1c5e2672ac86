"""The printed reference says what the tests mark, and refuses a row that does not exist."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tools.papers import requirements
from tools.papers.rows import ROWS


def test_marks_are_read_wherever_they_stand() -> None:
    source = """
@pytest.mark.req("S1.1", "S1.2")
def test_a_place_is_held(): ...

class TestPolicy:
    @pytest.mark.req("S3.26")
    def test_late_is_refused(self): ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.req("S4.17"))])
def test_zones(x): ...
"""
    assert sorted(requirements.marks_of(ast.parse(source))) == [
        ("S1.1", "a place is held"),
        ("S1.2", "a place is held"),
        ("S3.26", "late is refused"),
        ("S4.17", "zones"),
    ]


def test_a_row_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_x.py").write_text(
        "@pytest.mark.req('S9.99')\ndef test_x(): ...\n"
    )  # a typing error
    with pytest.raises(LookupError, match=r"S9\.99"):
        requirements.marks(tmp_path)


def test_every_row_has_words_of_its_own() -> None:
    assert len(ROWS) == 153
    assert len(set(ROWS.values())) == len(ROWS) - duplicates()


def duplicates() -> int:
    """Two settings stand in a place of their own; their rows read alike."""
    return list(ROWS.values()).count("where that is set") - 1
