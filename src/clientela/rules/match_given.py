"""Comparing given names: the one thing that tells a person from those who live with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clientela.rules.match_evidence import Reason
from clientela.rules.match_words import SURE, Fit, commonest, familiarity, fit_given
from clientela.rules.name_tables import given_rate

_IN_COMPOUNDS: Final = (
    0.025  # from here on a name stands in so many compounds that siblings share it
)
_OF_FIT: Final = {
    Fit.SAME: Reason.SAME_GIVEN_NAME,
    Fit.FAMILIAR: Reason.FAMILIAR_FORM,
    Fit.MISTYPED: Reason.GIVEN_NAME_MISTYPED,
    Fit.INITIAL: Reason.INITIAL_AGREES,
    Fit.HINT: Reason.POSSIBLE_FORM,
}


@dataclass(frozen=True, slots=True)
class GivenNames:
    """What two given names are to each other.

    ``shared`` are the words by whose rarity the agreement is weighed; ``sure`` is false for one initial and for forms
    that only might belong together (*Sandra* and *Alejandra*): those need more beside them.
    """

    reason: Reason
    shared: tuple[str, ...] = ()
    sure: bool = True

    @property
    def agree(self) -> bool:
        """Whether they can be one person's."""
        return self.reason is not Reason.GIVEN_NAMES_DIFFER


@lru_cache(maxsize=65536)
def compare_given(one: tuple[str, ...], other: tuple[str, ...]) -> GivenNames | None:
    """Compare two given names in plain words, either may be compound; None when one is missing."""
    if not one or not other:
        return None
    if one == other or "".join(one) == "".join(other):
        return GivenNames(
            Reason.SAME_GIVEN_NAME, min(one, other, key=lambda words: (-len(words), words))
        )
    short, long = sorted((one, other), key=lambda words: (len(words), words))
    return (
        _word_by_word(short, long)
        or _as_one_form(short, long)
        or _as_initials(short, long)
        or GivenNames(Reason.GIVEN_NAMES_DIFFER)
    )


def _as_one_form(short: tuple[str, ...], long: tuple[str, ...]) -> GivenNames | None:
    """*Maite* is *María Teresa*, *Juanjo* is *Juan José*: several words that make one familiar form."""
    if len(short) == len(long) == 1:
        return None
    spellings = {" ".join(short), "".join(short)}
    best = max(
        familiarity(mine, yours) for mine in spellings for yours in (" ".join(long), "".join(long))
    )
    if best < SURE:
        return None
    return GivenNames(Reason.FAMILIAR_FORM, long)


def _word_by_word(short: tuple[str, ...], long: tuple[str, ...]) -> GivenNames | None:
    """Each word of the shorter must find its own in the longer, in the same order."""
    fits: list[Fit] = []
    shared: list[str] = []
    place = 0
    for word in short:
        found = _next_fit(word, long, place, exact=len(short) == len(long))
        if found is None:
            return None
        fit, at = found
        fits.append(fit)
        place = at + 1
        if fit > Fit.INITIAL:
            shared.append(commonest(word, long[at]))
    worst = min(fits)
    reason = _OF_FIT[worst]
    if len(short) < len(long) and worst is Fit.SAME:
        reason = _part(shared)
    if worst is Fit.INITIAL and shared:
        reason = _part(shared)  # M. Carmen and María Carmen
    sure = worst > Fit.HINT or (worst is Fit.INITIAL and bool(shared))
    return GivenNames(reason, tuple(shared), sure=sure)


def _part(shared: list[str]) -> Reason:
    """*Agostino* of *Agostino Giovanni* is he; *María* of *María José* may be her sister María."""
    rarest = min(given_rate(word) for word in shared)
    return Reason.COMMON_PART_OF_GIVEN_NAME if rarest > _IN_COMPOUNDS else Reason.PART_OF_GIVEN_NAME


def _next_fit(
    word: str, words: tuple[str, ...], start: int, *, exact: bool
) -> tuple[Fit, int] | None:
    places = range(start, start + 1) if exact else range(start, len(words))
    best: tuple[Fit, int] | None = None
    for place in places:
        fit = fit_given(word, words[place])
        if fit > Fit.NONE and (best is None or fit > best[0]):
            best = (fit, place)
    return best


def _as_initials(short: tuple[str, ...], long: tuple[str, ...]) -> GivenNames | None:
    """*JM* for *José María*."""
    letters = "".join(word[0] for word in long)
    if len(short) == 1 and len(long) > 1 and short[0] == letters:
        return GivenNames(Reason.INITIAL_AGREES)
    return None
