"""How many segments a text takes: what carriers count, and charge.

A text whose every character is in the GSM alphabet holds 160 of them, or 153 in each of several segments; one
character outside makes it 70, or 67, UTF-16 units. A character that takes two places is never split between
segments, so counting is filling them one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("\f^{}\\[~]|€")
_GSM_ALONE, _GSM_EACH = 160, 153
_UCS_ALONE, _UCS_EACH = 70, 67
_OUTSIDE_PLANE: Final = 0x10000


@dataclass(frozen=True, slots=True)
class Measure:
    """``is_gsm``: written in the alphabet that holds more. ``places`` of its alphabet; ``segments`` sent."""

    is_gsm: bool
    places: int
    segments: int


def segments(text: str) -> int:
    """Return how many segments carry ``text``; an empty text is one."""
    return measure(text).segments


def measure(text: str) -> Measure:
    """Return the alphabet, the places and the segments of ``text``."""
    is_gsm = is_gsm_text(text)
    sizes = [_gsm_places(one) if is_gsm else _ucs_places(one) for one in text]
    alone, each = (_GSM_ALONE, _GSM_EACH) if is_gsm else (_UCS_ALONE, _UCS_EACH)
    places = sum(sizes)
    return Measure(is_gsm, places, 1 if places <= alone else _filled(sizes, each))


def is_gsm_text(text: str) -> bool:
    """Whether every character is in the GSM alphabet or its extension."""
    return all(one in _BASIC or one in _EXTENDED for one in text)


def _gsm_places(one: str) -> int:
    return 2 if one in _EXTENDED else 1


def _ucs_places(one: str) -> int:
    return 2 if ord(one) >= _OUTSIDE_PLANE else 1


def _filled(sizes: Sequence[int], each: int) -> int:
    """Fill segments one by one; a character of two places that no longer fits begins the next."""
    count, used = 1, 0
    for size in sizes:
        if used + size > each:
            count, used = count + 1, 0
        used += size
    return count
