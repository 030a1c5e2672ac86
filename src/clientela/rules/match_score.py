"""Weighing two cards: gather what agrees and what does not, sum the bits, and say what they permit."""

from __future__ import annotations

import math
from typing import Final

from clientela.rules.match_card import MatchCard
from clientela.rules.match_crowd import Crowd
from clientela.rules.match_discount import together
from clientela.rules.match_evidence import (
    MILLI,
    Evidence,
    Field,
    Likeness,
    Reason,
    Verdict,
    weigh,
)
from clientela.rules.match_family import family_odds, says_two_surnames, takes_two_surnames
from clientela.rules.match_given import GivenNames, compare_given
from clientela.rules.match_names import words_as_typed
from clientela.rules.match_reach import (
    compare_birthdays,
    compare_emails,
    compare_phones,
)
from clientela.rules.match_surnames import Surnames, compare_surnames
from clientela.rules.match_verdict import Findings, verdict_of
from clientela.rules.match_words import Fit

_GIVEN_BITS: Final = {
    Reason.SAME_GIVEN_NAME: -0.4,
    Reason.FAMILIAR_FORM: -1.5,
    Reason.POSSIBLE_FORM: -4.0,
    Reason.PART_OF_GIVEN_NAME: -1.5,
    Reason.COMMON_PART_OF_GIVEN_NAME: -1.5,
    Reason.GIVEN_NAME_MISTYPED: -2.5,
    Reason.NAME_IN_ANOTHER_ORDER: -2.0,
}
_GIVEN_MOST: Final = 11.0
_INITIAL: Final = 2.0
_GIVEN_CONFLICT: Final = -6.3
_SURNAME_MOST: Final = 11.0
_SURNAMES_MOST: Final = 17.0
_SURNAME_MISTYPED: Final = -2.5
_SURNAME_BITS: Final = {
    Reason.SAME_SURNAMES: -0.4,
    Reason.SAME_SURNAME: -0.6,
    Reason.SURNAME_IN_ANOTHER_PLACE: -3.5,
    Reason.SURNAME_MISTYPED: -0.6,
    Reason.SURNAME_INITIAL: -0.4,
    Reason.ONE_SURNAME_DIFFERS: -4.0,
    Reason.SURNAMES_DIFFER: -4.0,
}


def score(first: MatchCard, second: MatchCard, *, among: Crowd) -> Likeness:
    """Say how like two cards are, among so many others.

    The order of the two changes only who stands first in ``said``.
    """
    found = _findings(first, second, among)
    family = family_odds(found.evidence, two_surnames=takes_two_surnames(first, second))
    evidence = together(found.evidence, prior_bits=among.prior_bits, family=family)
    millibits = sum(one.millibits for one in evidence)
    probability = _posterior(millibits / MILLI + among.prior_bits)
    verdict, ceiling = verdict_of(found, probability, cards=(first, second))
    if verdict is not Verdict.NONE:
        evidence = tuple(_as_typed(one, first, second) for one in evidence)
    return Likeness(millibits, min(probability, ceiling), verdict, evidence)


def explain(likeness: Likeness) -> tuple[Evidence, ...]:
    """The evidence, what weighs most first, with what speaks against beside what speaks for."""
    return tuple(
        sorted(
            likeness.evidence,
            key=lambda one: (-abs(one.millibits), one.field, one.reason, one.said),
        )
    )


def _as_typed(one: Evidence, first: MatchCard, second: MatchCard) -> Evidence:
    """Names in plain letters become what was typed."""
    if one.field not in {Field.NAME, Field.SURNAME}:
        return one
    said = (
        words_as_typed(one.said[0], first.said_name),
        words_as_typed(one.said[1], second.said_name),
    )
    return Evidence(one.field, one.reason, one.millibits, said)


def _findings(first: MatchCard, second: MatchCard, among: Crowd) -> Findings:
    given, surnames = _names(first, second)
    words = _words_shared(given, surnames)
    found = (
        _given_evidence(given, first, second, among),
        _surname_evidence(surnames, first, second, among),
        compare_emails(first, second, among=among, words=words),
        compare_phones(first, second, among=among),
        compare_birthdays(first, second, among=among),
    )
    return Findings(given, surnames, tuple(one for one in found if one is not None))


def _names(first: MatchCard, second: MatchCard) -> tuple[GivenNames | None, Surnames | None]:
    """Compare the names as read; where they conflict, once more as if one had its fields swapped."""
    given = compare_given(first.given, second.given)
    surnames = compare_surnames(first.surnames, second.surnames)
    if given is not None and not given.agree:
        readings = (_in_another_order(first, second), _in_another_order(second, first))
        turned = min((one for one in readings if one), key=lambda one: one.shared, default=None)
        if turned:
            return turned, None
    if first.several or second.several:
        given = given if given and given.agree else None
    return given, surnames


def _in_another_order(one: MatchCard, other: MatchCard) -> GivenNames | None:
    """Whether both parts of the name agree when one card's are exchanged; at least one of them letter by letter."""
    given = compare_given(one.surnames, other.given)
    surnames = compare_surnames(one.given, other.surnames)
    if given is None or surnames is None or not (given.agree and given.sure and surnames.agree):
        return None
    exact = given.reason in {
        Reason.SAME_GIVEN_NAME,
        Reason.PART_OF_GIVEN_NAME,
        Reason.COMMON_PART_OF_GIVEN_NAME,
    }
    if not exact and surnames.reason not in {Reason.SAME_SURNAME, Reason.SAME_SURNAMES}:
        return None
    return GivenNames(
        Reason.NAME_IN_ANOTHER_ORDER,
        tuple(sorted((*given.shared, *(word for word, _ in surnames.shared)))),
    )


def _words_shared(given: GivenNames | None, surnames: Surnames | None) -> tuple[str, ...]:
    return (
        *(given.shared if given else ()),
        *(word for word, _ in (surnames.shared if surnames else ())),
    )


def _given_evidence(
    given: GivenNames | None, first: MatchCard, second: MatchCard, among: Crowd
) -> Evidence | None:
    if given is None:
        return None
    said = (" ".join(first.given), " ".join(second.given))
    if not given.agree:
        return weigh(Field.NAME, given.reason, bits=_GIVEN_CONFLICT, said=said)
    if given.reason is Reason.INITIAL_AGREES:
        return weigh(Field.NAME, given.reason, bits=_INITIAL, said=said)
    if given.reason is Reason.NAME_IN_ANOTHER_ORDER:
        said = (first.said_name, second.said_name)
        shares = (max(among.given_share(word), among.surname_share(word)) for word in given.shared)
        rarity = min(_SURNAMES_MOST, sum(-math.log2(share) for share in shares))
        return weigh(Field.NAME, given.reason, bits=rarity + _GIVEN_BITS[given.reason], said=said)
    bits = max(0.3, _rarity(given.shared, among) + _GIVEN_BITS[given.reason])
    return weigh(Field.NAME, given.reason, bits=bits, said=said)


def _rarity(words: tuple[str, ...], among: Crowd) -> float:
    """How rare a given name is, in bits; the second word of a compound leans on the first."""
    bits = sorted((-math.log2(among.given_share(word)) for word in words), reverse=True)
    return min(_GIVEN_MOST, sum(bit / (place + 1) for place, bit in enumerate(bits)))


def _surname_evidence(
    surnames: Surnames | None, first: MatchCard, second: MatchCard, among: Crowd
) -> Evidence | None:
    if surnames is None:
        return None
    said = (" ".join(first.surnames), " ".join(second.surnames))
    bits = min(
        _SURNAMES_MOST, sum(_surname_bits(word, fit, among) for word, fit in surnames.shared)
    )
    reason = surnames.reason
    if surnames.only_second and says_two_surnames(first, second):
        reason = Reason.SURNAME_IN_ANOTHER_PLACE
    return weigh(Field.SURNAME, reason, bits=bits + _SURNAME_BITS[reason], said=said)


def _surname_bits(word: str, fit: Fit, among: Crowd) -> float:
    if fit is Fit.INITIAL:
        return 3.0
    rare = min(_SURNAME_MOST, -math.log2(among.surname_share(word)))
    return rare if fit is Fit.SAME else max(1.0, rare + _SURNAME_MISTYPED)


def _posterior(bits: float) -> float:
    return 1 / (1 + math.exp2(-max(-60.0, min(bits, 60.0))))
