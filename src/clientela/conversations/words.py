"""Words that came from elsewhere, made fit to be kept: any text at all goes in, and nothing in it breaks anything."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 1600
_KEPT: Final = frozenset("\n\t")
# They turn around what is written after them, also outside the text.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def kept_words(text: str) -> str:
    """Return the text without characters that no screen shows and no database keeps, cut where an entry ends.

    Lines and emoji stay. What was cut ends with an ellipsis.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(
        one
        for one in lines
        if one in _KEPT or (unicodedata.category(one) not in {"Cc", "Cs"} and one not in _TURNING)
    ).strip()
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1].rstrip() + "…"
