"""What the findings of two cards permit to propose: the hard rules stand above the probability.

Given names that conflict are two people; two different birthdays are two people; a name alone is nobody; a contact
alone is a suggestion at the most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clientela.rules.match_card import MatchCard
from clientela.rules.match_evidence import Evidence, Reason, Verdict
from clientela.rules.match_given import GivenNames
from clientela.rules.match_reach import years_apart
from clientela.rules.match_surnames import Surnames

LIKELY: Final = 0.92  # from here on the proposal is "same"
POSSIBLE: Final = 0.2  # from here on a pair is worth a look
_GENERATION: Final = 14
_TWO_PEOPLE: Final = 0.5  # the most that is said of one person where a rule says two

_CONTACTS: Final = frozenset(
    {
        Reason.SAME_EMAIL,
        Reason.SAME_MAILBOX,
        Reason.SAME_EMAIL_TAGGED,
        Reason.EMAIL_MISTYPED,
        Reason.EMAIL_OTHER_PROVIDER,
        Reason.SAME_PHONE,
        Reason.PHONE_MISTYPED,
    }
)
_ALIKE: Final = frozenset({Reason.EMAIL_MISTYPED, Reason.EMAIL_OTHER_PROVIDER})
_TELLING: Final = 7_000  # thousandths of a bit
_BORN_ALIKE: Final = frozenset(
    {Reason.SAME_BIRTHDAY, Reason.BIRTHDAY_SWAPPED, Reason.BIRTHDAY_MISTYPED}
)
_AT_HOME: Final = frozenset(
    {Reason.SAME_EMAIL, Reason.SAME_MAILBOX, Reason.SAME_EMAIL_TAGGED, Reason.SAME_PHONE}
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of two cards, before it is judged."""

    given: GivenNames | None
    surnames: Surnames | None
    evidence: tuple[Evidence, ...]

    @property
    def beside_name(self) -> int:
        """How many things beside the name speak for one person; an address that only looks like the other may not."""
        return sum(
            one.reason in _BORN_ALIKE
            or (one.reason in _CONTACTS and (one.reason not in _ALIKE or one.millibits >= _TELLING))
            for one in self.evidence
        )

    def has(self, reasons: Iterable[Reason]) -> bool:
        """Whether one of these was found."""
        return any(one.reason in reasons for one in self.evidence)


def verdict_of(
    found: Findings, probability: float, *, cards: tuple[MatchCard, MatchCard]
) -> tuple[Verdict, float]:
    """The proposal, and the most that may be said of its probability."""
    several = cards[0].several or cards[1].several
    born_apart = found.has({Reason.BIRTHDAYS_DIFFER})
    conflict = found.given is not None and not found.given.agree
    if conflict or born_apart:
        return _of_two_people(found, probability, conflict=conflict, cards=cards), _TWO_PEOPLE
    if probability < POSSIBLE:
        return Verdict.NONE, 1.0
    if several or found.given is None or not found.beside_name:
        return Verdict.UNDECIDED, LIKELY
    if (not found.given.sure and found.beside_name == 1) or _only_born_alike(found):
        return Verdict.UNDECIDED, LIKELY
    return (Verdict.SAME if probability >= LIKELY else Verdict.UNDECIDED), 1.0


def _only_born_alike(found: Findings) -> bool:
    """Two of one name born on one day, whose addresses and numbers are all others: perhaps they moved, perhaps not."""
    apart = found.has({Reason.EMAILS_DIFFER}) and found.has({Reason.PHONES_DIFFER})
    return apart and not found.has(_CONTACTS)


def _of_two_people(
    found: Findings, probability: float, *, conflict: bool, cards: tuple[MatchCard, MatchCard]
) -> Verdict:
    """Two given names, or two birthdays: a household when they share what households share."""
    together = found.has(_AT_HOME) or (
        found.has({Reason.SAME_BIRTHDAY}) and found.surnames is not None and found.surnames.agree
    )
    if conflict and together:
        return Verdict.HOUSEHOLD
    if not conflict and found.has(_AT_HOME):
        apart = years_apart(cards[0].birthday, cards[1].birthday) >= _GENERATION
        return Verdict.HOUSEHOLD if apart else Verdict.UNDECIDED
    return Verdict.UNDECIDED if probability >= POSSIBLE and not conflict else Verdict.NONE
