"""The mark as a PNG, drawn without a picture library: a ground, the slip with its stub, and the sun's line.

Home screens cut the icon into a shape of their own, so the ground goes to the edge and the slip stays inside the
middle four fifths, which every shape leaves alone. Edges are smooth: each row is looked at
four times, and within a row the share of a pixel that a shape covers is exact.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clientela.web.installable.colours import SUN, WHITE

SIZES: Final = (192, 512)
_GRID: Final = 36
"""The mark is designed on a square of 36 units, as in ``design/mark.svg``."""
_LOOKS: Final = 4
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with round ends on either side, and how much of it covers what lies beneath."""

    left: float
    top: float
    right: float
    bottom: float
    round_left: float
    round_right: float
    colour: str
    opacity: float = 1.0

    def span(self, y: float) -> tuple[float, float] | None:
        """From where to where it reaches at a height, if it does."""
        if not self.top <= y < self.bottom:
            return None
        depth = min(y - self.top, self.bottom - y)
        return self.left + _inset(self.round_left, depth), self.right - _inset(
            self.round_right, depth
        )


@lru_cache(maxsize=256)  # two sizes of every colour there is
def mark_png(*, size: int, ground: str) -> bytes:
    """Return the mark on a ``#rrggbb`` ground as a square PNG of ``size`` pixels."""
    bars = _mark(ground)
    known: dict[tuple[tuple[float, float] | None, ...], bytes] = {}
    rows = []
    for number in range(size):
        spans = tuple(
            bar.span((number + (look + 0.5) / _LOOKS) * _GRID / size)
            for bar in bars
            for look in range(_LOOKS)
        )
        if spans not in known:  # most rows are like the one above
            known[spans] = _row(bars, spans, size=size, ground=_rgb(ground))
        rows.append(known[spans])
    return _png(rows, size=size)


def _mark(ground: str) -> list[Bar]:
    """The slip: stub, body, a line of writing, and the moment that counts."""
    return [
        Bar(7, 10.5, 15.2, 25.5, 2, 0, WHITE, opacity=0.72),
        Bar(16.8, 10.5, 29, 25.5, 0, 2, WHITE),
        Bar(18.9, 14.3, 26.7, 16.5, 1.1, 1.1, ground),
        Bar(18.9, 19.5, 26.7, 21.7, 1.1, 1.1, SUN),
    ]


def _row(
    bars: Sequence[Bar],
    spans: Sequence[tuple[float, float] | None],
    *,
    size: int,
    ground: _Colour,
) -> bytes:
    pixels = [ground] * size
    for number, bar in enumerate(bars):
        looks = spans[number * _LOOKS : (number + 1) * _LOOKS]
        colour = _rgb(bar.colour)
        for x, share in _covered([span for span in looks if span], size=size).items():
            pixels[x] = _over(pixels[x], colour, min(share, 1.0) * bar.opacity)
    return bytes(channel for pixel in pixels for channel in pixel)


def _covered(spans: Sequence[tuple[float, float]], *, size: int) -> dict[int, float]:
    """How much of each pixel of a row the spans cover, seen in as many looks as there may be."""
    found: dict[int, float] = {}
    for left, right in spans:
        start, end = left * size / _GRID, right * size / _GRID
        for x in range(math.floor(start), math.ceil(end)):
            share = min(x + 1, end) - max(x, start)
            found[x] = found.get(x, 0.0) + share / _LOOKS
    return found


def _inset(radius: float, depth: float) -> float:
    """How far a round corner stands back at a depth below its edge."""
    if depth >= radius:
        return 0.0
    return radius - math.sqrt(radius**2 - (radius - depth) ** 2)


def _over(below: _Colour, above: _Colour, share: float) -> _Colour:
    red, green, blue = (
        round(low + (high - low) * share) for low, high in zip(below, above, strict=True)
    )
    return red, green, blue


def _rgb(colour: str) -> _Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _png(rows: Sequence[bytes], *, size: int) -> bytes:
    """Eight bits each of red, green and blue, no filter: https://www.w3.org/TR/png-3/."""
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
