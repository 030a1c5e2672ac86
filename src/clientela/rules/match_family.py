"""Could the two be a family? Each finding is weighed against a couple, a parent and child, siblings and twins.

Those who share a telephone, a surname and a mailbox are more often two people than a slip of the fingers is one. For
each kind of kin a factor says how much likelier a finding is among them than on two cards of one person: far below one
where they hardly ever agree (the given names of a couple), far above where they hardly ever differ otherwise.
An agreement never speaks for kin more than for one person, so that agreeing more never makes two cards less alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clientela.rules.match_card import MatchCard
from clientela.rules.match_evidence import Evidence, Reason

# Couple, parent and child, siblings, twins: their shares among relatives who are clients of one business.
Kin = tuple[float, float, float, float]
_SHARES: Final[Kin] = (0.58, 0.25, 0.13, 0.04)
# For each client with a second card, so many have a relative among the clients.
PER_SAME: Final = 1.4
_OF_SPAIN: Final = frozenset({"es", "ca", "gl", "eu"})
_NO_MATTER: Final[Kin] = (1.0, 1.0, 1.0, 1.0)

# What agrees almost must not speak less for kin than what agrees: two agreements would weigh less than one.
_ONE_MAILBOX: Final[Kin] = (0.2, 0.35, 0.1, 0.3)
_ONE_PHONE: Final[Kin] = (0.55, 0.95, 0.4, 0.8)

_FACTORS: Final[dict[Reason, Kin]] = {
    Reason.SAME_GIVEN_NAME: (0.004, 0.11, 0.005, 0.002),
    Reason.FAMILIAR_FORM: (0.02, 0.12, 0.02, 0.02),
    Reason.POSSIBLE_FORM: (0.5, 0.5, 0.5, 0.5),
    Reason.PART_OF_GIVEN_NAME: (0.03, 0.15, 0.05, 0.05),
    Reason.COMMON_PART_OF_GIVEN_NAME: (0.1, 0.35, 0.35, 0.25),
    Reason.INITIAL_AGREES: (0.09, 0.2, 0.12, 0.15),
    Reason.GIVEN_NAME_MISTYPED: (0.05, 0.1, 0.06, 0.05),
    Reason.NAME_IN_ANOTHER_ORDER: (0.01, 0.1, 0.01, 0.01),
    Reason.GIVEN_NAMES_DIFFER: (80.0, 75.0, 80.0, 80.0),
    Reason.SAME_EMAIL: _ONE_MAILBOX,
    Reason.SAME_MAILBOX: _ONE_MAILBOX,
    Reason.SAME_EMAIL_TAGGED: (1.0, 1.0, 0.5, 1.0),
    Reason.EMAIL_MISTYPED: _ONE_MAILBOX,
    Reason.EMAIL_OTHER_PROVIDER: _ONE_MAILBOX,
    Reason.EMAILS_DIFFER: (3.2, 3.2, 3.2, 3.2),
    Reason.SAME_PHONE: _ONE_PHONE,
    Reason.PHONE_MISTYPED: _ONE_PHONE,
    Reason.PHONES_DIFFER: (3.0, 3.2, 3.0, 3.0),
    Reason.SAME_BIRTHDAY: (0.0003, 0.0003, 0.001, 1.0),
    Reason.BIRTHDAY_SWAPPED: (0.01, 0.01, 0.02, 0.03),
    Reason.BIRTHDAY_MISTYPED: (0.05, 0.05, 0.15, 0.05),
    Reason.BIRTHDAYS_DIFFER: (33.0, 33.0, 33.0, 0.3),
}
# Where children take one surname of each parent, and where a family has one name.
_TWO_SURNAMES: Final[dict[Reason, Kin]] = {
    Reason.SAME_SURNAMES: (0.005, 0.06, 1.0, 1.0),
    Reason.SAME_SURNAME: (0.06, 0.9, 1.0, 1.0),
    Reason.SURNAME_IN_ANOTHER_PLACE: (0.3, 8.0, 1.0, 1.0),
    Reason.SURNAME_MISTYPED: (0.1, 0.7, 0.8, 0.8),
    Reason.SURNAME_INITIAL: (0.1, 0.8, 1.0, 1.0),
    Reason.ONE_SURNAME_DIFFERS: (0.75, 12.0, 1.0, 1.0),
    Reason.SURNAMES_DIFFER: (19.0, 3.0, 0.6, 0.6),
}
_ONE_SURNAME: Final[dict[Reason, Kin]] = {
    Reason.SAME_SURNAMES: (0.4, 0.7, 1.0, 1.0),
    Reason.SAME_SURNAME: (0.6, 0.85, 1.0, 1.0),
    Reason.SURNAME_MISTYPED: (0.4, 0.7, 0.8, 0.8),
    Reason.SURNAME_INITIAL: (0.6, 0.85, 1.0, 1.0),
    Reason.ONE_SURNAME_DIFFERS: (2.0, 6.0, 1.0, 1.0),
    Reason.SURNAMES_DIFFER: (6.0, 4.0, 0.4, 0.3),
}


def family_odds(evidence: Iterable[Evidence], *, two_surnames: bool) -> float:
    """The odds that what is seen are two relatives rather than one person."""
    kin = list(_SHARES)
    surnames = _TWO_SURNAMES if two_surnames else _ONE_SURNAME
    for one in evidence:
        factors = surnames.get(one.reason) or _FACTORS.get(one.reason, _NO_MATTER)
        for place, factor in enumerate(factors):
            kin[place] *= factor
    return PER_SAME * sum(kin)


def takes_two_surnames(one: MatchCard, other: MatchCard) -> bool:
    """Whether these two are of a custom with two surnames: as their language says, else as they are written."""
    if one.language or other.language:
        return says_two_surnames(one, other)
    return max(len(one.surnames), len(other.surnames)) > 1


def says_two_surnames(one: MatchCard, other: MatchCard) -> bool:
    """Whether the languages of both cards that tell one are of Spain, where the second surname is the mother's."""
    languages = {one.language, other.language} - {""}
    return bool(languages) and languages <= _OF_SPAIN
