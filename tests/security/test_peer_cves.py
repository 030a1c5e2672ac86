"""Every known failure of a peer has a test of ours, or says which part of the product it waits for."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ROWS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "security/peer_cves.yaml").read_text(encoding="utf-8")
)


def names_nothing(test: str) -> bool:
    """Whether a test id leads nowhere: no such file, or no such test in it."""
    name, _, function = test.partition("::")
    path = ROOT / "tests" / name
    if not path.is_file():
        return True
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return bool(function) and function not in found


def faults(row: dict[str, Any]) -> list[str]:
    """What is missing from a row."""
    missing = [word for word in ("ids", "product", "class", "analogue") if not row.get(word)]
    if bool(row.get("tests")) == bool(row.get("later")):
        missing.append("either tests or later")
    return missing + [test for test in row.get("tests", ()) if names_nothing(test)]


@pytest.mark.nodb
@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["ids"][0]))
def test_a_row_names_a_test_that_exists_or_what_it_waits_for(row: dict[str, Any]) -> None:
    assert faults(row) == []


@pytest.mark.nodb
def test_a_row_without_a_test_would_be_found() -> None:
    row = {"ids": ["X"], "product": "x", "class": "x", "analogue": "x"}
    assert faults(row) == ["either tests or later"]
    nowhere = "security/test_peer_cves.py::test_nothing"
    assert faults({**row, "tests": [nowhere, "no/such_file.py"]}) == [nowhere, "no/such_file.py"]
