"""Every suppression carries its reason.

``# noqa: X`` says that a rule is wrong here; a year later nobody knows why, and nobody dares to remove it.
So it is written ``# noqa: X -- why``; mypy wants a second mark, ``# type: ignore[code]  # why``.
"""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

from tools.lints.reading import python_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUPPRESSION = re.compile(
    r"#\s*(noqa|type:\s*ignore|pragma:|fmt:\s*(?:off|on))(?P<rest>[^#]*)(?P<more>#.*)?"
)


def complaints(root: Path) -> Iterator[str]:
    """Yield every suppression without a reason."""
    for path in python_files(root, "src", "tools", "tests", "bench"):
        for number, comment in comments_of(path.read_text(encoding="utf-8")):
            if not is_explained(comment):
                right = "# type: ignore[code]  # why" if "type:" in comment else "# noqa: X -- why"
                yield f"{path.relative_to(root)}:{number}: no reason (write {right}): {comment}"


def comments_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, comment) of a Python file."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def is_explained(comment: str) -> bool:
    """Say whether a comment suppresses nothing, or says why."""
    found = _SUPPRESSION.search(comment)
    if not found or found[1].startswith("fmt"):
        return True
    if found[1] == "noqa" and re.search(r"--\s*\S.{3,}", found["rest"]):
        return True
    return bool(found["more"] and re.search(r"#\s*(?!noqa|type:)\w.{3,}", found["more"]))
