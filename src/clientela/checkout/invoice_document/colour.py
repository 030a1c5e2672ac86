"""The colours of the paper: the business's hue at the lightness of our buttons, as numbers for print.

The pages say OKLCH and leave the rest to the browser; a PDF wants red, green and blue.
"""

from __future__ import annotations

import math
from typing import Final

Colour = tuple[float, float, float]
_CHROMA: Final = {"quiet": 0.03, "soft": 0.075, "bold": 0.125}
_LINEAR_BELOW: Final = 0.0031308
_WHITE: Final = 1.0


def solid(hue: int, vivid: str) -> Colour:
    """The business's own colour: dark enough for white words on it."""
    return _oklch(0.45, _CHROMA.get(vivid, 0.03), hue)


def tint(hue: int, vivid: str) -> Colour:
    """A breath of it, as a ground for dark words."""
    return _oklch(0.965, _CHROMA.get(vivid, 0.03) * 0.2, hue)


def ink(hue: int) -> Colour:
    """Nearly black, leaning to the hue."""
    return _oklch(0.245, 0.028, hue)


def quiet_ink(hue: int) -> Colour:
    """For what matters less; still 4.5 to one on white."""
    return _oklch(0.46, 0.022, hue)


def hairline(hue: int) -> Colour:
    """For lines between things."""
    return _oklch(0.86, 0.012, hue)


def _oklch(lightness: float, chroma: float, hue: int) -> Colour:
    """Return the sRGB of an OKLCH colour, cut to what can be shown, in thousandths: the same on every machine."""
    across = chroma * math.cos(math.radians(hue))
    along = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * across + 0.2158037573 * along) ** 3
    middle = (lightness - 0.1055613458 * across - 0.0638541728 * along) ** 3
    short = (lightness - 0.0894841775 * across - 1.2914855480 * along) ** 3
    return (
        _channel(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _channel(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _channel(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _channel(linear: float) -> float:
    """A channel with its gamma."""
    kept = min(max(linear, 0.0), _WHITE)
    curved = 12.92 * kept if kept <= _LINEAR_BELOW else 1.055 * kept ** (1 / 2.4) - 0.055
    return round(curved, 3)
