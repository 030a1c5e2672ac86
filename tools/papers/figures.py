"""The figures in README.md: read from bench/results.json, never typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

BEGIN, END = "<!-- figures: written by make papers -->", "<!-- end of figures -->"


def with_figures(readme: str, results: Path) -> str:
    """Return the README with its figures replaced by those of the last ``make bench``."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(results)}\n{END}{after}"


def table(results: Path) -> str:
    """Return the measured rows as a table, or the sentence that says there are none."""
    if not results.exists():
        return "Not measured yet: `make bench` measures, and writes the table here."
    found: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    lines = ["| | What | Goal | Measured | |", "|---|---|---|---|---|"]
    for row in found["rows"]:
        mark = {True: "reached", False: "**missed**", None: ""}[row.get("reached")]
        lines.append(
            f"| {row['id']} | {row['what']} | {row['goal']} | {row['measured']} | {mark} |"
        )
    where = found["machine"]
    lines.append(
        f"\nMeasured on {where}, commit `{found['commit'][:10]}`. Ratios count; times are this machine's."
    )
    return "\n".join(lines)
