"""Only actions write.

A view that saves a model skips the lock, the audit line and the event, and the same rule is then written
a second time for the API. So ``.save()``, ``.delete()``, ``.create()``, ``.update()`` and their kin on rows
may stand in ``actions/``, in ``platform/`` and in migrations only. A model may have one writing method,
``move_to`` (a compare-and-swap). A line that must be an exception says why: ``# writes: <reason>``.

``update`` and ``create`` are ordinary words (``dict.update``): they count only on something that reads as a
manager or a queryset.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tools.lints.reading import line_at, python_files, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ON_ROWS = {"save", "asave"}
_WITHOUT_ARGUMENTS = {"delete", "adelete"}
_ON_QUERYSETS = {
    "create", "acreate", "bulk_create", "abulk_create", "bulk_update", "abulk_update", "get_or_create",
    "aget_or_create", "update_or_create", "aupdate_or_create", "update", "aupdate", "delete", "adelete",
}  # fmt: skip
_QUERYSET_WORDS = {
    "objects", "_base_manager", "_default_manager", "unscoped", "filter", "exclude", "all",
    "select_for_update", "order_by", "annotate", "using",
}  # fmt: skip
_EXCUSE = "# writes: "


def complaints(root: Path) -> Iterator[str]:
    """Yield every write outside actions and platform."""
    for path in python_files(root, "src/clientela"):
        parts = path.relative_to(root / "src/clientela").parts
        if "actions" in parts or parts[0] == "platform":
            continue
        for call in writes_in(tree_of(path), in_models="models" in parts):
            line = line_at(path, call.lineno)
            if _EXCUSE in line and line.split(_EXCUSE)[1].strip():
                continue
            word = call.func.attr if isinstance(call.func, ast.Attribute) else "?"
            yield f"{path.relative_to(root)}:{call.lineno}: .{word}() writes outside actions/"


def writes_in(tree: ast.AST, *, in_models: bool = False) -> Iterator[ast.Call]:
    """Yield the calls that write rows; ``move_to`` of a model is left out."""
    for node in ast.iter_child_nodes(tree):
        if in_models and isinstance(node, ast.FunctionDef) and node.name == "move_to":
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node):
            yield node
        yield from writes_in(node, in_models=in_models)


def _is_write(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    word, receiver = call.func.attr, call.func.value
    if word in _ON_ROWS:
        return not _is_super(receiver)
    if word in _ON_QUERYSETS and _reads_as_queryset(receiver):
        return True
    return word in _WITHOUT_ARGUMENTS and not call.args and not call.keywords


def _is_super(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    )


def _reads_as_queryset(node: ast.expr) -> bool:
    """Say whether a chain passes through a manager or a queryset method: ``Row.objects.filter(…)``."""
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            if node.attr in _QUERYSET_WORDS or node.attr.endswith("_set"):
                return True
            node = node.value
        else:
            return isinstance(node, ast.Name) and node.id in {"queryset", "rows"}
