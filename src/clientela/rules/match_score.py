"""Weighing two cards: gather what agrees and what does not, sum the bits, and say what they permit."""

from __future__ import annotations

from clientela.rules.match_card import MatchCard
from clientela.rules.match_crowd import Crowd
from clientela.rules.match_evidence import Evidence, Field, Likeness, Reason, Verdict


def score(first: MatchCard, second: MatchCard, *, among: Crowd) -> Likeness:
    """Say how like two cards are, among so many others; the order of the two changes only who stands first in ``said``."""
    evidence: list[Evidence] = []
    for mail in set(first.emails) & set(second.emails):
        evidence.append(Evidence(Field.EMAIL, Reason.SAME_EMAIL, 13000, (mail, mail)))
    for phone in set(first.phones) & set(second.phones):
        evidence.append(Evidence(Field.PHONE, Reason.SAME_PHONE, 12000, (phone, phone)))
    millibits = sum(one.millibits for one in evidence)
    probability = 1 / (1 + 2 ** -(millibits / 1000 + among.prior_bits))
    verdict = Verdict.UNDECIDED if probability >= 0.2 else Verdict.NONE
    return Likeness(millibits, probability, verdict, tuple(evidence))


def explain(likeness: Likeness) -> tuple[Evidence, ...]:
    """The evidence, what weighs most first, with what speaks against beside what speaks for."""
    return tuple(
        sorted(likeness.evidence, key=lambda one: (-abs(one.millibits), one.field, one.reason, one.said))
    )
