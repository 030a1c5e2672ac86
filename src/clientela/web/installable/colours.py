"""The colours of an installed page as plain RGB: what stands outside the page cannot read its style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clientela.business.models import Business
from clientela.web.colour import CHROMA, hex_of

OWN_HUE: Final = 350
OWN_CHROMA: Final = 0.085
"""Clientela's own, as in the tokens."""
SUN: Final = "#e08a1e"
WHITE: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Colours:
    """The solid tone and the paper of a light page, as ``#rrggbb``."""

    solid: str
    paper: str


def colours_of(business: Business | None) -> Colours:
    """The tones that the style sheet derives from a business's hue; without a business, Clientela's."""
    hue = business.hue if business else OWN_HUE
    chroma = CHROMA[business.vivid] if business else OWN_CHROMA
    return Colours(
        solid=hex_of(lightness=0.45, chroma=chroma, hue=hue),
        paper=hex_of(lightness=0.976, chroma=0.005, hue=hue),
    )
