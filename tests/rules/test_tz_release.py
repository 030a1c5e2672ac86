"""The newer of the system's and the package's zone data is read, unless the operator says which."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clientela.rules.tz_release import _release_in, release_rank

SOURCE = Path(__file__).parents[2] / "src"
QUESTION = """
import json, zoneinfo
zoneinfo.TZPATH  # as the interpreter found it
from clientela.rules import clock_time
source = clock_time.tzdata_source()
print(json.dumps([source.version, source.found, list(zoneinfo.TZPATH)]))
"""


def ask(**environment: str) -> list[object]:
    """Ask a fresh interpreter, for the choice is made once per process."""
    answer = subprocess.run(
        [sys.executable, "-c", QUESTION],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return list(json.loads(answer.stdout))


def test_releases_are_ordered_by_year_then_letters_and_nonsense_comes_first() -> None:
    assert sorted(["2026a", "2025z", "2025za", "unknown", "2025b"], key=release_rank) == [
        "unknown", "2025b", "2025z", "2025za", "2026a",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["tzdata.zi", "+VERSION"])
def test_the_release_of_a_folder_is_read_from_either_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("# version 2031c\n" if name == "tzdata.zi" else "2031c\n")
    assert _release_in(("/nowhere", str(tmp_path))) == "2031c"
    assert _release_in(("/nowhere",)) == ""


def test_the_operator_s_path_is_kept_and_its_release_reported(tmp_path: Path) -> None:
    (tmp_path / "tzdata.zi").write_text("# version 2031c\n")
    assert ask(PYTHONTZPATH=str(tmp_path)) == ["2031c", "configured", [str(tmp_path)]]


def test_without_a_word_of_the_operator_the_newest_release_is_read() -> None:
    version, found, path = ask()
    assert found in {"package", "system"}
    assert (found == "package") == (path == [])
    assert release_rank(str(version)) >= (2026, 1, "")
