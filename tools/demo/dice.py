"""Chance that repeats: the same seed gives the same demo on every machine and every Python."""

from __future__ import annotations

import math
import random  # noqa: TID251 -- a demo must be the same each time it is made; nothing here is a secret
from collections.abc import Sequence
from typing import TypeVar

_Item = TypeVar("_Item")


class Dice:
    """Draws made of ``random()`` alone: its sequence is promised not to change, that of its kin is not."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- likewise

    def chance(self, probability: float) -> bool:
        """Say yes with that probability."""
        return self._random.random() < probability

    def below(self, end: int) -> int:
        """A whole number from 0 to ``end`` - 1."""
        return int(self._random.random() * end)

    def one_of(self, items: Sequence[_Item]) -> _Item:
        """Any of these, all alike."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[tuple[_Item, int]]) -> _Item:
        """One of these, by weight."""
        left = self.below(sum(weight for _, weight in items))
        for item, weight in items:
            left -= weight
            if left < 0:
                return item
        raise AssertionError

    def days(self, *, usual: float, most: int) -> int:
        """Days of waiting: often few, seldom many."""
        return min(most, int(-math.log(1.0 - self._random.random()) * usual))
