"""Parts of money that make the whole again: the tax in a price, and a sum in equal parts.

Whole minor units only; what is rounded away in one part is in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_WHOLE: Final = 10_000
"""Basis points in a whole: 2100 are 21 %."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A price taken apart: ``net`` + ``tax`` is the price."""

    net: int
    tax: int


def split_tax(gross: int, basis_points: int) -> Parts:
    """Return the tax that is contained in a price, rounded half to even, and the rest.

    ``gross`` is minor units of any currency and not negative; ``basis_points`` is the rate on the net price
    (2100: 21 %) from 0 to 10,000. A higher price never contains less tax.
    """
    if gross < 0 or not 0 <= basis_points <= _WHOLE:
        raise ValueError(f"no price with tax: {gross} at {basis_points} basis points")
    whole = _WHOLE + basis_points
    tax, rest = divmod(gross * basis_points, whole)
    if 2 * rest > whole or (2 * rest == whole and tax % 2):
        tax += 1
    return Parts(net=gross - tax, tax=tax)


def split_evenly(total: int, parts: int) -> list[int]:
    """Return ``parts`` amounts that sum to the total and differ by one at most; the larger come first."""
    if total < 0 or parts < 1:
        raise ValueError(f"nothing to split: {total} in {parts} parts")
    each, over = divmod(total, parts)
    return [each + 1] * over + [each] * (parts - over)
