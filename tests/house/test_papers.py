"""The papers are true: paths exist, settings and decisions are written down."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.house.storeys import ROOT, SOURCE

PAPERS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")] + sorted(
    [*SOURCE.rglob("README.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")]
)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
_CODE_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")
_TOPS = {path.name for path in ROOT.iterdir()}
_HEADINGS = [
    "## Context",
    "## Decision",
    "## Why not otherwise",
    "## Consequences",
    "## The check that enforces it",
]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("paper", PAPERS, ids=short)
def test_every_path_a_paper_names_exists(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    links = [(paper.parent / target).resolve() for target in _LINK.findall(text)]
    named = []
    for target in _CODE_PATH.findall(text):
        top = target.split("/")[0]
        if top in _TOPS:
            named.append(ROOT / target)
        elif (SOURCE / top).is_dir():
            named.append(SOURCE / target)
    assert [str(path) for path in [*links, *named] if not path.exists()] == []


def settings_read() -> set[str]:
    """Return every CLIENTELA_ variable that the program reads."""
    words: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.update(
                    (re.fullmatch(r"CLIENTELA_[A-Z_]+", node.value) and [node.value]) or []
                )
    return words


def settings_documented() -> set[str]:
    text = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `(CLIENTELA_[A-Z_]+)` \|", text, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    assert settings_documented() == settings_read()


@pytest.mark.parametrize("decision", sorted((ROOT / "docs/adr").glob("[0-9]*.md")), ids=short)
def test_a_decision_has_its_five_headings_and_names_its_check(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.findall(r"^## .+$", text, re.MULTILINE) == _HEADINGS
    assert text.rstrip().splitlines()[-1] != _HEADINGS[-1]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
