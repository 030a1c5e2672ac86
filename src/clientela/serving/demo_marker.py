"""The file that says of a folder that it is a demo's, and of a demo that it is whole: it holds its log-ins."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

MARKER: Final = "demo-installation"
LOOK_EVERY_SECONDS: Final = 0.05
LONGEST_SECONDS: Final = 900.0
"""A filling that takes longer than this has died, and nobody told us."""


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


def wait_until_whole(data: Path, *, longest: float = LONGEST_SECONDS) -> None:
    """Return when the demo in this folder is filled to the end; ``SystemExit`` when that does not happen."""
    until = time.monotonic() + longest
    while not people_of(data):
        if time.monotonic() > until:
            message = "The demo was not filled."
            raise SystemExit(message)
        time.sleep(LOOK_EVERY_SECONDS)
