"""Comparing surnames as sets: which come first, and how many were typed, is custom and chance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from clientela.rules.match_evidence import Reason
from clientela.rules.match_words import Fit, fit_surname
from clientela.rules.name_tables import joined_pairs, surname_rate


@dataclass(frozen=True, slots=True)
class Surnames:
    """What two cards' surnames are to each other: those found on both, with how they fit, and what is left over.

    ``only_second``: the one surname of one card is the other's second. Where children take a surname of each parent,
    people leave out their second one, and a mother's first is her child's second.
    """

    reason: Reason
    shared: tuple[tuple[str, Fit], ...] = ()
    only_second: bool = False

    @property
    def agree(self) -> bool:
        """Whether at least one is found on both, and no other speaks against."""
        return self.reason not in {Reason.SURNAMES_DIFFER, Reason.ONE_SURNAME_DIFFERS}


@lru_cache(maxsize=65536)
def compare_surnames(one: tuple[str, ...], other: tuple[str, ...]) -> Surnames | None:
    """Compare two cards' surnames in plain words; None when one has none."""
    if not one or not other:
        return None
    one, other = sorted((one, other), key=lambda words: (len(words), words))
    one, other = _joined_alike(one, other)
    shared, left, right = _paired(one, other)
    if not shared:
        return Surnames(Reason.SURNAMES_DIFFER)
    if left and right:
        return Surnames(Reason.ONE_SURNAME_DIFFERS, shared)
    best = max(fit for _, fit in shared)
    if best is Fit.INITIAL:
        return Surnames(Reason.SURNAME_INITIAL, shared)
    if best is Fit.MISTYPED:
        return Surnames(Reason.SURNAME_MISTYPED, shared)
    whole = len(shared) > 1 and not left and not right
    second = len(one) == 1 and len(other) == 2 and left + right == [other[0]] != [other[1]]  # noqa: PLR2004 -- the two surnames of one person
    return Surnames(Reason.SAME_SURNAMES if whole else Reason.SAME_SURNAME, shared, second)


def _joined_alike(
    one: tuple[str, ...], other: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """*Garciamarquez* beside *García Márquez*: the joined word takes the place of the two."""
    for word in one:
        if word in set(joined_pairs(other)):
            return one, _with_joined(other, word)
    for word in other:
        if word in set(joined_pairs(one)):
            return _with_joined(one, word), other
    return one, other


def _with_joined(words: tuple[str, ...], joined: str) -> tuple[str, ...]:
    place = list(joined_pairs(words)).index(joined)
    return (*words[:place], joined, *words[place + 2 :])


def _paired(
    one: tuple[str, ...], other: tuple[str, ...]
) -> tuple[tuple[tuple[str, Fit], ...], list[str], list[str]]:
    """Pair the words off, the best fits first."""
    fits = sorted(
        (
            (-fit, abs(i - j), word, match)
            for i, word in enumerate(one)
            for j, match in enumerate(other)
            if (fit := fit_surname(word, match))
        )
    )
    left, right = list(one), list(other)
    shared: list[tuple[str, Fit]] = []
    for against, _, word, match in fits:
        if word in left and match in right:
            left.remove(word)
            right.remove(match)
            shared.append((_commoner(word, match), Fit(-against)))
    return tuple(shared), left, right


def _commoner(word: str, match: str) -> str:
    """Of a name and its slip, the one that people have; of two unknown, the longer."""
    return max(word, match, key=lambda each: (surname_rate(each), len(each), each))
