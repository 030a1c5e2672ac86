"""docs/reference/lifecycle.md: the states of an appointment, drawn from the table that decides."""

from __future__ import annotations

from clientela.rules import lifecycle

_HEAD = """# The life of an appointment

*Drawn by `make papers` from `clientela/rules/lifecycle.py`, the one table that decides.*

"""


def page() -> str:
    """Return the page."""
    return f"{_HEAD}```mermaid\n{lifecycle.diagram().strip()}\n```\n"
