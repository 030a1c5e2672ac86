"""All the likely pairs of one business: keys bring cards together, the score says which are worth showing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clientela.rules.match_card import MatchCard
from clientela.rules.match_crowd import Crowd
from clientela.rules.match_evidence import Likeness, Verdict
from clientela.rules.match_keys import keys_of
from clientela.rules.match_pairs import candidate_pairs, coded
from clientela.rules.match_score import score


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two places in the list of cards, the smaller first, and how like their cards are."""

    first: int
    second: int
    likeness: Likeness


def likely_pairs(cards: Sequence[MatchCard], *, among: Crowd) -> Iterator[LikelyPair]:
    """Yield every pair worth showing, each for itself: that A is like B and B like C says nothing of A and C here.

    The order of the cards changes which pairs come first, never which there are.
    """
    keys = [coded(keys_of(card)) for card in cards]
    for first, second in candidate_pairs(keys):
        likeness = score(cards[first], cards[second], among=among)
        if likeness.verdict is not Verdict.NONE:
            yield LikelyPair(first, second, likeness)
