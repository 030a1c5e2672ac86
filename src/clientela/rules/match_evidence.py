"""What speaks for and against two cards being one person: the words, and how much each weighs.

Weights are thousandths of a bit, whole numbers, so that what is explained adds up exactly to the score.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MILLI: Final = 1000


class Field(StrEnum):
    """What on the two cards is compared."""

    NAME = "name"
    SURNAME = "surname"
    EMAIL = "email"
    PHONE = "phone"
    BIRTHDAY = "birthday"
    FAMILY = "family"


class Reason(StrEnum):
    """Everything that can be said about one field of two cards; a closed list, with words in each language."""

    SAME_GIVEN_NAME = "same-given-name"
    FAMILIAR_FORM = "familiar-form"
    POSSIBLE_FORM = "possible-form"
    PART_OF_GIVEN_NAME = "part-of-given-name"
    COMMON_PART_OF_GIVEN_NAME = "common-part-of-given-name"
    INITIAL_AGREES = "initial-agrees"
    GIVEN_NAME_MISTYPED = "given-name-mistyped"
    GIVEN_NAMES_DIFFER = "given-names-differ"
    NAME_IN_ANOTHER_ORDER = "name-in-another-order"
    SAME_SURNAMES = "same-surnames"
    SAME_SURNAME = "same-surname"
    SURNAME_IN_ANOTHER_PLACE = "surname-in-another-place"
    SURNAME_MISTYPED = "surname-mistyped"
    SURNAME_INITIAL = "surname-initial"
    ONE_SURNAME_DIFFERS = "one-surname-differs"
    SURNAMES_DIFFER = "surnames-differ"
    SAME_EMAIL = "same-email"
    SAME_MAILBOX = "same-mailbox"
    SAME_EMAIL_TAGGED = "same-email-tagged"
    EMAIL_MISTYPED = "email-mistyped"
    EMAIL_OTHER_PROVIDER = "email-other-provider"
    EMAIL_OF_MANY = "email-of-many"
    EMAILS_DIFFER = "emails-differ"
    SAME_PHONE = "same-phone"
    PHONE_MISTYPED = "phone-mistyped"
    PHONE_OF_MANY = "phone-of-many"
    PHONES_DIFFER = "phones-differ"
    SAME_BIRTHDAY = "same-birthday"
    BIRTHDAY_SWAPPED = "birthday-swapped"
    BIRTHDAY_MISTYPED = "birthday-mistyped"
    BIRTHDAY_PLACEHOLDER = "birthday-placeholder"
    BIRTHDAYS_DIFFER = "birthdays-differ"
    COULD_BE_FAMILY = "could-be-family"


class Verdict(StrEnum):
    """What the rule proposes about two cards; a person decides. ``NONE``: not worth showing."""

    SAME = "same"
    HOUSEHOLD = "household"
    UNDECIDED = "undecided"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of an explanation: a field, what was found, its weight, and the two values as typed (or blank)."""

    field: Field
    reason: Reason
    millibits: int
    said: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two cards are.

    ``millibits`` is the sum of the evidence, ``probability`` that they are one person: the posterior among so many
    clients. A verdict may be weaker than the probability, when a hard rule forbids ``same``.
    """

    millibits: int
    probability: float
    verdict: Verdict
    evidence: tuple[Evidence, ...]

    @property
    def bits(self) -> float:
        """The weight of the evidence in bits."""
        return self.millibits / MILLI


def weigh(field: Field, reason: Reason, *, bits: float, said: tuple[str, str]) -> Evidence:
    """Return a line of evidence with its weight in whole thousandths of a bit."""
    return Evidence(field, reason, round(bits * MILLI), said)
