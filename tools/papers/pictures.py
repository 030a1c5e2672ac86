"""The pictures in README.md: shown when they exist, so that the page never has a hole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BEGIN, END = "<!-- pictures: written by make papers -->", "<!-- end of pictures -->"
PICTURES = {
    "docs/images/booking-phone.png": "The booking page on a phone",
    "docs/images/desk.png": "The desk: a day by professional",
}


def with_pictures(readme: str, root: Path) -> str:
    """Return the README with the pictures that exist under ``root``."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    shown = [f"![{words}]({path})\n" for path, words in PICTURES.items() if (root / path).exists()]
    return f"{before}{BEGIN}\n{''.join(shown)}{END}{after}"
