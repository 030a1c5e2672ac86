"""A file is named for what it does.

``utils``, ``helpers``, ``common``, ``manager`` and ``service`` are drawers: anything fits, so everything ends
there, and nobody can find the cancellation rule. A module of such a name is refused. *Service* is also the trade's
own word for what can be booked; it may stand where that is meant: in the catalogue and in the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.lints.reading import python_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DRAWERS = frozenset(
    [
        "util",
        "utils",
        "helper",
        "helpers",
        "common",
        "commons",
        "manager",
        "managers",
        "service",
        "services",
        "misc",
        "shared",
        "base",
        "core",
        "lib",
    ]
)


_TRADE = {"service", "services"}
_WHERE_THE_TRADE_SPEAKS = {"catalogue", "web", "api"}


def complaints(root: Path) -> Iterator[str]:
    """Yield every module or folder that is named like a drawer."""
    for path in python_files(root, "src", "tools", "tests", "bench"):
        name = path.parent.name if path.stem == "__init__" else path.stem
        words = set(name.lower().removeprefix("test_").split("_"))
        if name.lower() in _TRADE and _WHERE_THE_TRADE_SPEAKS & set(path.parts):
            continue
        if name.lower() in _DRAWERS or words & {"utils", "helpers", "misc"}:
            yield f"{path.relative_to(root)}:1: '{name}' names a drawer; name it for what it does"
