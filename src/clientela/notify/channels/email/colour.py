"""A business's colour as mail programs understand it: sRGB, computed from its hue.

Mail knows no ``oklch()``. The lightness figures are those of the pages (design.md §2), so the
contrast of the slip is the same whatever the hue.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

CHROMA = {"quiet": 0.03, "soft": 0.075, "bold": 0.125}
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Palette:
    """The six tones of a mail, as ``#rrggbb``."""

    solid: str
    ink: str
    tint: str
    paper: str
    dark_ink: str
    dark_paper: str


@cache
def palette(hue: int, vivid: str) -> Palette:
    """Return the tones for a hue in degrees and how vivid it is."""
    chroma = CHROMA.get(vivid, CHROMA["soft"])
    return Palette(
        solid=_hex(0.45, chroma, hue),
        ink=_hex(0.42, chroma, hue),
        tint=_hex(0.945, min(chroma, 0.03), hue),
        paper=_hex(0.975, 0.008, hue),
        dark_ink=_hex(0.85, chroma, hue),
        dark_paper=_hex(0.20, 0.012, hue),
    )


def _hex(lightness: float, chroma: float, hue: int) -> str:
    """Return the nearest sRGB colour, giving up chroma (never lightness) until it exists."""
    for step in range(_STEPS + 1):
        channels = _linear(lightness, chroma * (1 - step / _STEPS), math.radians(hue))
        if all(-0.0005 <= channel <= 1.0005 for channel in channels):  # noqa: PLR2004 -- rounding's room
            return "#" + "".join(f"{_encoded(channel):02x}" for channel in channels)
    return "#808080"


def _linear(lightness: float, chroma: float, angle: float) -> tuple[float, float, float]:
    """OKLCH to linear sRGB, by Ottosson's published matrices."""
    across, along = chroma * math.cos(angle), chroma * math.sin(angle)
    long = (lightness + 0.3963377774 * across + 0.2158037573 * along) ** 3
    middle = (lightness - 0.1055613458 * across - 0.0638541728 * along) ** 3
    short = (lightness - 0.0894841775 * across - 1.2914855480 * along) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encoded(channel: float) -> int:
    """A linear channel with sRGB's gamma, 0 to 255."""
    kept = min(max(channel, 0.0), 1.0)
    bent = 12.92 * kept if kept <= 0.0031308 else 1.055 * kept ** (1 / 2.4) - 0.055  # noqa: PLR2004 -- the standard's own
    return round(bent * 255)
