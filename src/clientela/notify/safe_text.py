"""Text that people typed, made harmless before it stands in a mail or a calendar file.

Escaping for HTML and for calendar files is done where those are written; here goes what no
format needs: control characters, reversed writing direction, and the looks of a link.
"""

from __future__ import annotations

import re
import unicodedata

# Invisible, but no mail program makes a link of a text that holds one.
BREAK = "\u200b"
LONGEST = 200

_LINK_LIKE = re.compile(r"(?<=\w)([.:@/])(?=[\w/])")
_LEAD_IN = re.compile(r"\b(https?|ftp|mailto|www|tel|javascript|data)(?=[:.])", re.IGNORECASE)
# Overrides and isolates of writing direction, zero-width characters that hide or glue text.
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")


def one_line(text: str, *, longest: int = LONGEST) -> str:
    """Return the text as one line without control or direction characters, cut at ``longest``."""
    kept = " ".join((text if text.isascii() and text.isprintable() else _visible(text)).split())
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def _visible(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"} else character
        for character in _DIRECTION.sub("", text)
    )


def inert(text: str, *, longest: int = LONGEST) -> str:
    """Return one line in which nothing can be taken for a link or an address.

    For what clients typed. Only a dot, colon, slash or at-sign inside a word is touched:
    "St. John" and "14:30, please" stay as they are typed.
    """
    calm = _LEAD_IN.sub(lambda found: found[0] + BREAK, one_line(text, longest=longest))
    return _LINK_LIKE.sub(lambda found: found[0] + BREAK, calm)


def without_links(text: str, *, longest: int = LONGEST) -> str:
    """Return one line in which nothing can be taken for a link, without invisible characters: for texts.

    One character outside the small alphabet of texts makes a text cost double, so the marks are dropped instead.
    """
    return _LINK_LIKE.sub(" ", one_line(text, longest=longest))


def first_name(name: str) -> str:
    """Return how a greeting addresses a client, inert; nothing for a card without a name."""
    words = one_line(name).split(" ")
    return inert(words[0], longest=40) if words else ""
