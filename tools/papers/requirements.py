"""docs/reference/requirements.md: every requirement row and the tests that prove it.

The marks are read from the tests' source, not by running them, so that the table is the same on a machine
without PostgreSQL or Chromium.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tools.lints.reading import ROOT, python_files, tree_of
from tools.papers.rows import ORIGINS, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEAD = """# What is proved, and by which test

*Printed by `make papers` from the marks `@pytest.mark.req("…")` of the tests. {proved} of {total} rows have a test.*
"""

_OTHER_HEAD = """
## Faults, attacks, speed

Rows of the catalogues of faults and attacks (`CON` races, `CRA` crashes, `TIM` clocks, `SEC` rights, `INV` invariants …),
of the product's own promises (`L`, `C`) and of its figures (`B`).

| Row | Proved by |
|---|---|
"""
# A mark outside the requirement rows: another catalogue's id. Anything else is a typing error.
_OTHER = re.compile(r"[A-Z]{3}-\d+|[LCB]\d{1,2}")


def page() -> str:
    """Return the page."""
    proofs = marks(ROOT)
    parts = [_HEAD.format(proved=sum(row in proofs for row in ROWS), total=len(ROWS))]
    for origin, title in ORIGINS.items():
        parts.append(f"\n## {origin} · {title}\n\n| Row | What | Proved by |\n|---|---|---|\n")
        for row, what in ROWS.items():
            if row.startswith(f"{origin}."):
                parts.append(f"| {row} | {what} | {'<br>'.join(sorted(proofs.get(row, ())))} |\n")
    others = sorted((row for row in proofs if row not in ROWS), key=in_reading_order)
    if others:
        parts.append(_OTHER_HEAD)
        parts += [f"| {row} | {'<br>'.join(sorted(proofs[row]))} |\n" for row in others]
    return "".join(parts)


def in_reading_order(row: str) -> tuple[str, int]:
    """Return the key that puts CON-2 before CON-10."""
    letters = re.match(r"[A-Z]+", row)
    return (letters[0] if letters else "", int(re.sub(r"\D", "", row)))


def marks(root: Path) -> dict[str, set[str]]:
    """Return row → tests; a row that does not exist raises, since a typing error would prove nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in python_files(root, "tests"):
        for row, test in marks_of(tree_of(path)):
            if row not in ROWS and not _OTHER.fullmatch(row):
                raise LookupError(f"{path.relative_to(root)}: there is no requirement row {row}")
            found[row].add(f"`{path.relative_to(root)}` {test}")
    return dict(found)


def marks_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield (row, the test as a sentence) for every mark in a file, wherever it stands."""
    for node in tree.body:
        where = getattr(node, "name", "the whole file").removeprefix("test_").replace("_", " ")
        inner = node.body if isinstance(node, ast.ClassDef) else []
        for row in rows_in(node, without=inner):
            yield row, where
        for method in inner:
            name = getattr(method, "name", where).removeprefix("test_").replace("_", " ")
            for row in rows_in(method):
                yield row, name


def rows_in(node: ast.AST, *, without: list[ast.stmt] | None = None) -> Iterator[str]:
    """Yield the rows named by ``….mark.req(…)`` anywhere inside a statement, except in ``without``."""
    skipped = set(without or ())
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, ast.Call) and ast.unparse(current.func).endswith("mark.req"):
            yield from (
                a.value
                for a in current.args
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            )
        pending += [child for child in ast.iter_child_nodes(current) if child not in skipped]
