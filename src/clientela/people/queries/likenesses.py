"""Pairs of cards, held beside each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from clientela.people.queries.crowd_now import holders, with_holders
from clientela.people.queries.match_cards import match_cards
from clientela.people.queries.pair_words import Pair, ordered
from clientela.people.queries.sharing import sharing
from clientela.rules.client_match import (
    Crowd,
    Evidence,
    Field,
    Likeness,
    MatchCard,
    Reason,
    Verdict,
    score,
)
from clientela.rules.match_reach import to_count


def alike(
    *,
    business_id: UUID,
    cards: Mapping[UUID, MatchCard],
    keys: Mapping[UUID, Collection[int]],
    among: Crowd,
) -> dict[Pair, Likeness]:
    """Return the pairs worth showing that some of the cards make with any card of the business.

    ``keys`` are those of each card. One statement for each card, and one for each 500 of those it may be.
    """
    pairs: set[Pair] = set()
    for pk in cards:
        others, _ = sharing(business_id=business_id, keys=list(keys[pk]), but=pk)
        pairs.update(ordered(one=pk, other=other) for other in others)
    missing = {pk for pair in pairs for pk in pair} - cards.keys()
    everybody = {**cards, **match_cards(ids=missing)}
    return likenesses(business_id=business_id, pairs=pairs, cards=everybody, among=among)


def likenesses(
    *, business_id: UUID, pairs: Iterable[Pair], cards: Mapping[UUID, MatchCard], among: Crowd
) -> dict[Pair, Likeness]:
    """Return those of the pairs that are worth showing, with why. Pairs of which a card is missing are passed over.

    A contact that a pair shares is counted first: what many cards have tells little. One statement at the most
    for each 500 such contacts.
    """
    held = {
        pair: (cards[pair[0]], cards[pair[1]])
        for pair in pairs
        if pair[0] in cards and pair[1] in cards
    }
    shared = {contact for one, other in held.values() for contact in to_count(one, other)}
    crowd = with_holders(among, contacts=holders(business_id=business_id, contacts=shared))
    found = {}
    for pair, (one, other) in held.items():
        likeness = score(one, other, among=crowd)
        if likeness.verdict is not Verdict.NONE:
            found[pair] = likeness
    return found


def likeness_of(
    *, business_id: UUID, pair: Pair, cards: Mapping[UUID, MatchCard], among: Crowd
) -> Likeness:
    """Return how like two cards are, even if it is not worth showing."""
    one, other = cards[pair[0]], cards[pair[1]]
    shared = holders(business_id=business_id, contacts=to_count(one, other))
    return score(one, other, among=with_holders(among, contacts=shared))


def as_values(evidence: Iterable[Evidence]) -> list[list[Any]]:
    """Return an explanation as plain values, as a suggestion keeps it."""
    return [[one.field.value, one.reason.value, one.millibits, *one.said] for one in evidence]


def as_evidence(values: Iterable[Iterable[Any]]) -> tuple[Evidence, ...]:
    """Return the explanation that was kept; what this version has no words for is left out."""
    known = {reason.value for reason in Reason}
    return tuple(
        Evidence(Field(field), Reason(reason), millibits, (first, second))
        for field, reason, millibits, first, second in values
        if reason in known
    )
