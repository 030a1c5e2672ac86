"""The file that says of a folder that it is a demo's, and of a demo that it is whole: it holds its log-ins."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

MARKER: Final = "demo-installation"


def is_demo(data: Path) -> bool:
    """Whether this folder belongs to a demo, whole or not, and may be emptied."""
    return (data / MARKER).exists()


def people_of(data: Path) -> list[dict[str, Any]]:
    """Return the log-ins of the demo that lives there; none if there is none, or it is not filled to the end."""
    if not is_demo(data):
        return []
    people: list[dict[str, Any]] = json.loads((data / MARKER).read_text("utf-8"))
    return people


def mark(data: Path, people: list[dict[str, Any]]) -> None:
    """Say that the folder is a demo's; with its log-ins, that the demo is whole. At once, for others look."""
    draft = data / f"{MARKER}.new"
    draft.write_text(json.dumps(people), encoding="utf-8")
    draft.replace(data / MARKER)
