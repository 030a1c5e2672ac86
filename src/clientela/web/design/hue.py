"""A business's own colour, safely: we keep its hue and how vivid it is, never its lightness.

Lightness is ours (tokens.css), so contrast is a property of the system and not of the owner's taste.
"""

from __future__ import annotations

import math
import re

HEX = re.compile(r"#?(?P<digits>[0-9a-fA-F]{6})")
QUIET_BELOW, SOFT_BELOW = 0.05, 0.11


def kept_colour(hex_colour: str) -> tuple[int, str]:
    """The hue (nearest ten degrees) and vividness (`quiet`, `soft`, `bold`) kept of a `#rrggbb` colour.

    Both are measured in OKLCH, as the stylesheet draws them. A grey has no hue: it reads as a quiet 250.
    """
    match = HEX.fullmatch(hex_colour.strip())
    if match is None:
        message = f"not a colour: {hex_colour!r}"
        raise ValueError(message)
    red, green, blue = (_linear(int(match["digits"][at : at + 2], 16) / 255) for at in (0, 2, 4))
    across, along = _oklab(red, green, blue)
    chroma = math.hypot(across, along)
    if chroma < 0.008:  # noqa: PLR2004 -- below this the eye names no hue
        return 250, "quiet"
    degrees = math.degrees(math.atan2(along, across)) % 360
    vivid = "quiet" if chroma < QUIET_BELOW else "soft" if chroma < SOFT_BELOW else "bold"
    return round(degrees / 10) * 10 % 360, vivid


def _linear(channel: float) -> float:
    """An sRGB channel without its gamma."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- the standard's own


def _oklab(red: float, green: float, blue: float) -> tuple[float, float]:
    """The two colour axes of OKLab (green to red, blue to yellow)."""
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    across = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    along = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return across, along
