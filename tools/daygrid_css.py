"""Write `desk-grid.css`: a class for each place and each length in the day, in steps of five minutes.

The content security policy allows no inline style, so an appointment at 09:30 that lasts 45 minutes is
placed by `class="t-0930 m-45"`. The classes only set counters (`--t`, `--m`); one rule of `desk.css`
turns them into grid rows. ``python -m tools.daygrid_css write`` writes the file, ``check`` fails if the
committed file differs from what this program would write.
"""

from __future__ import annotations

import sys
from pathlib import Path

STEP = 5
DAY = 24 * 60
TARGET = (
    Path(__file__).resolve().parents[1] / "src/clientela/web/design/static/design/desk-grid.css"
)
PER_LINE = 12
HEADER = """\
/* desk-grid.css: places in the day, written by tools/daygrid_css.py; do not edit.
   .t-HHMM  a start on the wall clock      .m-N  a length in minutes      both in steps of five
   .from-H  the first hour the grid shows  .to-H the hour at which it ends */
"""


def starts() -> list[str]:
    """A counter for each five minutes of the day; 24:00 exists because an interval may end there."""
    return [
        f".t-{minute // 60:02d}{minute % 60:02d}{{--t:{minute // STEP}}}"
        for minute in range(0, DAY + 1, STEP)
    ]


def lengths() -> list[str]:
    """A counter for each length up to a whole day."""
    return [f".m-{minutes}{{--m:{minutes // STEP}}}" for minutes in range(STEP, DAY + 1, STEP)]


def frames() -> list[str]:
    """The hours between which a grid is drawn."""
    rows = 60 // STEP
    return [
        *(f".from-{hour}{{--from:{hour * rows}}}" for hour in range(24)),
        *(f".to-{hour}{{--to:{hour * rows}}}" for hour in range(1, 25)),
    ]


def css() -> str:
    """The whole file, as it must be committed."""
    lines = [HEADER.rstrip(), "@layer helpers {"]
    for rules in (frames(), starts(), lengths()):
        lines += [
            "  " + "".join(rules[at : at + PER_LINE]) for at in range(0, len(rules), PER_LINE)
        ]
    return "\n".join([*lines, "}", ""])


def main(arguments: list[str]) -> int:
    """`write` the file, or `check` that it is up to date."""
    if arguments == ["write"]:
        TARGET.write_text(css(), encoding="utf-8")
        return 0
    if arguments != ["check"]:
        sys.stderr.write("usage: python -m tools.daygrid_css write|check\n")
        return 2
    if TARGET.read_text(encoding="utf-8") == css():
        return 0
    sys.stderr.write("desk-grid.css is out of date: python -m tools.daygrid_css write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
