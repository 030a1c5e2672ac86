"""A business's colour between what an owner picks and what is kept of it, with a look at both themes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from clientela.web.design.hue import HEX, kept_colour

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHROMA = {"quiet": 0.03, "soft": 0.075, "bold": 0.125}
LIGHTNESS = 0.55
"""How light the sample in the picker is: the middle, where most hues can be shown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a colour."""

    hue: int
    vivid: str

    @property
    def words(self) -> str:
        """How vivid it is, in a word."""
        return {"quiet": _("quiet"), "soft": _("soft"), "bold": _("bold")}[self.vivid]


class ColourField(forms.RegexField):
    """A ``#rrggbb`` colour, chosen with the device's own picker."""

    def __init__(self, *, label: StrOrPromise) -> None:
        """With or without a script; the preview needs only a press on its button."""
        super().__init__(
            regex=r"^#[0-9a-fA-F]{6}$",
            widget=forms.TextInput(attrs={"type": "color"}),
            label=label,
        )


def look_at(page: str) -> dict[str, str]:
    """The attributes with which htmx asks ``page`` for its preview when a colour is picked."""
    return {
        "hx-get": page,
        "hx-trigger": "change",
        "hx-target": "#preview",
        "hx-select": "#preview",
        "hx-swap": "outerHTML",
    }


def kept(colour: str, *, otherwise: Kept) -> Kept:
    """What would be kept of a colour as typed; ``otherwise`` when it is none, or is the sample of ``otherwise``."""
    if not HEX.fullmatch(colour.strip()) or colour.lower() == sample(otherwise):
        return otherwise
    return Kept(*kept_colour(colour))


def sample(colour: Kept) -> str:
    """A ``#rrggbb`` that shows a kept colour in the picker. It is not read back: see ``kept``."""
    return hex_of(lightness=LIGHTNESS, chroma=CHROMA[colour.vivid], hue=colour.hue)


def hex_of(*, lightness: float, chroma: float, hue: float) -> str:
    """An OKLCH colour (hue in degrees) as ``#rrggbb``; what sRGB cannot show is cut off channel by channel."""
    angle = math.radians(hue)
    across, along = chroma * math.cos(angle), chroma * math.sin(angle)
    long = (lightness + 0.3963377774 * across + 0.2158037573 * along) ** 3
    middle = (lightness - 0.1055613458 * across - 0.0638541728 * along) ** 3
    short = (lightness - 0.0894841775 * across - 1.2914855480 * along) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return "#" + "".join(f"{_channel(one):02x}" for one in (red, green, blue))


def _channel(linear: float) -> int:
    inside = min(max(linear, 0.0), 1.0)
    curved = 12.92 * inside if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055  # noqa: PLR2004 -- the standard's own
    return round(curved * 255)
