"""The letters of an invoice: Figtree, and Noto Sans for Greek and Cyrillic, embedded as far as they are used.

The fonts are kept as they were published (WOFF: compressed tables of a TrueType font) and unpacked when the
first invoice is drawn. The PDF library is imported then, too: a process that never draws one does not carry it.
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FONTS: Final = Path(__file__).parent / "fonts"
_FACES: Final = ("figtree-latin", "figtree-latin-ext", "noto-sans-greek", "noto-sans-cyrillic")
"""In the order in which they are asked for a letter."""
REGULAR: Final = 400
HEAVY: Final = 600
_WOFF_HEAD: Final = 44
_WOFF_ENTRY: Final = 20
_SFNT_HEAD: Final = 12
_SFNT_ENTRY: Final = 16
_SPACES: Final = {0x2007: " ", 0x202F: " ", 0x2009: " ", 0x00A0: " ", 0x2011: "-", 0x0009: " "}
"""Spaces and hyphens that hold words together: the paper breaks lines by itself."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that one font has, with its registered name."""

    font: str
    text: str


def plain(text: str) -> str:
    """Return text as it can be printed: letters composed, special spaces plain, nothing invisible."""
    composed = unicodedata.normalize("NFC", text).translate(_SPACES)
    return "".join(one for one in composed if unicodedata.category(one)[0] != "C")


def runs(text: str, *, weight: int = REGULAR) -> Iterator[Run]:
    """Return the text in stretches of one font each. A letter that no font has is drawn as an empty box."""
    faces = _faces(weight)
    font, start = "", 0
    for place, letter in enumerate(text):
        owner = _font_with(letter, faces, current=font)
        if font and owner != font:
            yield Run(font, text[start:place])
            start = place
        font = owner
    if text:
        yield Run(font, text[start:])


def width(text: str, *, size: float, weight: int = REGULAR) -> float:
    """How wide the text is, in points."""
    fonts = dict(_faces(weight))
    return float(
        sum(fonts[run.font].stringWidth(run.text, size) for run in runs(text, weight=weight))
    )


def wrapped(text: str, *, size: float, room: float, weight: int = REGULAR) -> list[str]:
    """Return the lines that the text takes in ``room`` points; a word that is too long is broken."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in plain(paragraph).split():
            longer = f"{line} {word}".strip()
            if width(longer, size=size, weight=weight) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _pieces(word, size=size, room=room, weight=weight)
            lines.extend(whole)
        lines.append(line)
    return lines


def _pieces(word: str, *, size: float, room: float, weight: int) -> list[str]:
    """Cut a word where it would leave the room; at least one letter a piece."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, size=size, weight=weight) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _font_with(letter: str, faces: tuple[tuple[str, Any], ...], *, current: str) -> str:
    if letter == " " and current:
        return current
    return next((name for name, font in faces if ord(letter) in font.face.charToGlyph), faces[0][0])


@lru_cache(maxsize=2)
def _faces(weight: int) -> tuple[tuple[str, Any], ...]:
    """The fonts of a weight, registered with the PDF library. A name of its own keeps each apart in the file."""
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415 -- see the module
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 -- see the module

    found = []
    for face in _FACES:
        name = f"{face}-{weight}"
        packed = (_FONTS / f"{name}-normal.woff").read_bytes()
        font = TTFont(name, io.BytesIO(unpacked(packed)))
        font.face.name = name.encode()
        registerFont(font)
        found.append((name, font))
    return tuple(found)


def unpacked(woff: bytes) -> bytes:
    """Return the TrueType font inside a WOFF file: its tables inflated, behind a new directory."""
    flavour, count = struct.unpack_from(">4xI4xH", woff)
    power = count.bit_length() - 1
    directory = struct.pack(
        ">IHHHH", flavour, count, 16 << power, power, _SFNT_ENTRY * count - (16 << power)
    )
    place, tables = _SFNT_HEAD + _SFNT_ENTRY * count, b""
    for number in range(count):
        tag, offset, packed, length, checksum = struct.unpack_from(
            ">4sIIII", woff, _WOFF_HEAD + _WOFF_ENTRY * number
        )
        table = woff[offset : offset + packed]
        table = table if packed == length else zlib.decompress(table)
        directory += struct.pack(">4sIII", tag, checksum, place + len(tables), length)
        tables += table + bytes(-length % 4)
    return directory + tables
