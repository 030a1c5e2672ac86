"""The crowd two cards stand in: how many clients there are, and how common a name or a contact is among them.

Two people called García say little in Seville and much in Oslo; one telephone on fifty cards is the shop's own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from clientela.rules.match_card import MatchCard
from clientela.rules.name_tables import given_rate, surname_rate

# A business is believed about names as if the packaged frequencies were this many clients more.
NATIONAL_WEIGHT: Final = 400
# One in so many clients has a second card, and as many a relative among the clients: the prior of any two.
SAME_PER_CLIENT: Final = 0.12
# Below this size the prior no longer rises: a list of ten is not a sample.
SMALLEST: Final = 400


@dataclass(frozen=True)
class Crowd:
    """What is known of a business's clients.

    ``given`` and ``surnames`` count the cards that have a word of a name (in the form of ``MatchCard``), ``contacts``
    the cards that have an address, a number or a birthday. Only counts of two and more matter; missing ones are read
    as one. ``own`` are the business's own addresses and numbers: they identify nobody.
    """

    size: int
    given: Mapping[str, int] = field(default_factory=dict)
    surnames: Mapping[str, int] = field(default_factory=dict)
    contacts: Mapping[str, int] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    @cached_property
    def prior_bits(self) -> float:
        """Log2 of the odds that two cards chosen blindly are one person: the larger the crowd, the smaller."""
        return math.log2(2 * SAME_PER_CLIENT / max(self.size, SMALLEST))

    def given_share(self, word: str) -> float:
        """The share of people with this given name: here, blended with the country's."""
        return self._share(self.given, word, given_rate(word))

    def surname_share(self, word: str) -> float:
        """The share of people with this surname: here, blended with the country's."""
        return self._share(self.surnames, word, surname_rate(word))

    def holders(self, contact: str) -> int:
        """How many cards have this address, number or birthday; many for the business's own."""
        return 1000 if contact in self.own else max(2, self.contacts.get(contact, 2))

    def _share(self, counted: Mapping[str, int], word: str, national: float) -> float:
        if not counted:  # nobody has counted yet, or nothing is common here
            return national
        others = max(counted.get(word, 1) - 1, 0)
        return (others + NATIONAL_WEIGHT * national) / (self.size + NATIONAL_WEIGHT)


class CrowdCount:
    """Counts a crowd card by card; what only one card has is dropped at the end."""

    def __init__(self) -> None:
        self.size = 0
        self._given: Counter[str] = Counter()
        self._surnames: Counter[str] = Counter()
        self._contacts: Counter[str] = Counter()

    def add(self, card: MatchCard) -> None:
        """Count one card."""
        self.size += 1
        self._given.update(set(card.given))
        self._surnames.update(set(card.surnames))
        self._contacts.update({*card.emails, *card.phones})
        if card.birthday:
            self._contacts[card.birthday] += 1

    def crowd(self, *, own: Iterable[str] = ()) -> Crowd:
        """Return what was counted."""
        return Crowd(
            size=self.size,
            given=_several(self._given),
            surnames=_several(self._surnames),
            contacts=_several(self._contacts),
            own=frozenset(own),
        )


def crowd_of(cards: Iterable[MatchCard], *, own: Iterable[str] = ()) -> Crowd:
    """Return the crowd these cards make; ``own``: the business's own addresses and numbers, in the form of cards."""
    count = CrowdCount()
    for card in cards:
        count.add(card)
    return count.crowd(own=own)


def _several(counted: Counter[str]) -> dict[str, int]:
    return {value: cards for value, cards in counted.items() if cards > 1}
