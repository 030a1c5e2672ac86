"""Which cards of a business may be the person somebody is typing in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.business.models import Business
from clientela.people.match_hash import key_numbers
from clientela.people.queries.crowd_now import crowd_now
from clientela.people.queries.likenesses import likenesses
from clientela.people.queries.match_cards import match_cards
from clientela.people.queries.sharing import sharing
from clientela.rules.client_match import ClientFacts, Likeness, MatchCard, read_card
from clientela.rules.match_keys import KeyKind

_LOOKED_AT: Final = 16
_TYPED: Final = UUID(int=0)
_WEIGHT: Final[Mapping[KeyKind, int]] = {
    KeyKind.EMAIL: 13,
    KeyKind.PHONE: 13,
    KeyKind.BIRTHDAY_WORD: 9,
    KeyKind.NAME: 8,
    KeyKind.MAILBOX_NAME: 7,
    KeyKind.SURNAMES: 5,
}
"""Roughly what a key in common is worth, in bits: in what order cards are looked at, and which are not."""
_WORTH_A_LOOK: Final = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be the person's, and why."""

    client_id: UUID
    likeness: Likeness


def candidates(
    *,
    business: Business,
    facts: ClientFacts,
    country: str = "",
    but: UUID | None = None,
    now: datetime,
) -> list[Candidate]:
    """Return the cards that may be of the person these facts speak of, the likeliest first.

    At most the sixteen cards that have most in common are weighed; one that shares nothing but a name or a word of it
    is passed over. ``but`` is a card that is not meant. Four statements at the most, in the business's scope.
    """
    card = read_card(facts, country=country)
    keys = list(key_numbers(card, business_id=business.pk))
    shared, _ = sharing(business_id=business.pk, keys=keys, but=but)
    ids = _most_in_common(shared)
    if not ids:
        return []
    return _weighed(business.pk, card, match_cards(ids=ids), now=now)


def _most_in_common(shared: Mapping[UUID, Sequence[KeyKind]]) -> list[UUID]:
    worth = Counter({pk: sum(_WEIGHT[kind] for kind in kinds) for pk, kinds in shared.items()})
    ordered = sorted(worth.items(), key=lambda one: (-one[1], one[0]))
    return [pk for pk, bits in ordered[:_LOOKED_AT] if bits >= _WORTH_A_LOOK]


def _weighed(
    business_id: UUID, card: MatchCard, others: Mapping[UUID, MatchCard], *, now: datetime
) -> list[Candidate]:
    crowd = crowd_now(business_id=business_id, now=now)
    found = likenesses(
        business_id=business_id,
        pairs=[(_TYPED, pk) for pk in others],
        cards={_TYPED: card, **others},
        among=crowd,
    )
    alike = [Candidate(pk, likeness) for (_, pk), likeness in found.items()]
    return sorted(alike, key=lambda one: (-one.likeness.probability, one.client_id))
