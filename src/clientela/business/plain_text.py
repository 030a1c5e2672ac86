"""Text as people type or paste it, made safe to keep: one form for lines, one for notes."""

from __future__ import annotations

import unicodedata

_BREAKS = "\n\t"


def line(text: str, *, limit: int) -> str:
    """Return one line of at most ``limit`` characters: composed, single spaces, nothing invisible.

    Control characters, lone surrogates and direction overrides are dropped: they cannot be
    stored, or they make a page lie.
    """
    return " ".join(_kept(text.replace("\n", " ").replace("\t", " ")).split())[:limit].strip()


def note(text: str, *, limit: int) -> str:
    """Return a text of several lines, at most ``limit`` characters, otherwise like ``line``."""
    rows = _kept(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(row.rstrip() for row in rows)[:limit].strip()


def _kept(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        char
        for char in composed
        if char in _BREAKS or char in "\u200c\u200d" or unicodedata.category(char)[0] != "C"
    )
