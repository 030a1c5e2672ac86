"""One module converts time.

Booking products give people the wrong hour because conversion is everywhere, and one place forgets the
clock change. Ruff bans the imports; a method cannot be banned by import, so this lint refuses
``.astimezone(``, ``.localize(``, ``.utcnow(`` and ``replace(tzinfo=…)`` outside ``rules/clock_time.py``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tools.lints.reading import python_files, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_METHODS = {"astimezone", "localize", "utcnow", "utcfromtimestamp", "localtime"}
_CONVERTERS = {("rules", "clock_time.py")}


def complaints(root: Path) -> Iterator[str]:
    """Yield every conversion of time outside the one module that may."""
    house = root / "src/clientela"
    for path in python_files(root, "src/clientela"):
        if path.relative_to(house).parts in _CONVERTERS:
            continue
        for node in ast.walk(tree_of(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and converts(node)
            ):
                yield (
                    f"{path.relative_to(root)}:{node.lineno}: .{node.func.attr}() converts time; "
                    "only rules/clock_time.py does"
                )


def converts(call: ast.Call) -> bool:
    """Say whether a call turns a time of one zone into another's."""
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr == "replace":
        zone = next((word.value for word in call.keywords if word.arg == "tzinfo"), None)
        # `replace(tzinfo=None)` and a zone's name lose or forge the instant; stating UTC is plain.
        return zone is not None and not (isinstance(zone, ast.Name) and zone.id == "UTC")
    return call.func.attr in _METHODS
