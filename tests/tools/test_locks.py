"""The locks agree with pyproject.toml, and a disagreement is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tools import locks


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ["pyproject.toml", *locks.LOCKS]:
        shutil.copy(locks.ROOT / name, tmp_path / name)
    return tmp_path


def test_the_locks_agree_with_the_project() -> None:
    assert list(locks.complaints()) == []


def test_a_dependency_that_was_never_locked_is_found(copy: Path) -> None:
    path = copy / "pyproject.toml"
    path.write_text(path.read_text().replace('"babel>=2.18",', '"babel>=2.18",\n  "leftpad>=1",'))
    found = list(locks.complaints(copy))
    assert "requirements.lock: leftpad is not locked" in found
    assert found[0].startswith("pyproject.toml: the dependencies changed")


def test_a_pin_outside_its_bounds_an_address_and_a_poison_are_found(copy: Path) -> None:
    lock = copy / "requirements.lock"
    text = lock.read_text().replace("babel==2.", "babel==1.")
    lock.write_text(f"# https://example.org\n{text}caldav==3.6.0 --hash=sha256:0\n")
    assert [line.split(": ")[1].split(" ")[0] for line in locks.complaints(copy)] == [
        "babel",
        "caldav",
        "names",
    ]
