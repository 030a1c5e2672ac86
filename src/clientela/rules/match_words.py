"""Comparing words of names: equal, a familiar form, an initial, mistyped, or another name altogether."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final

from clientela.rules.match_keys import sound
from clientela.rules.name_tables import given_rate, is_given, nicknames
from clientela.rules.near_miss import is_near_miss, slips

SURE: Final = 0.5  # a familiar form below this confidence is a hint, no more
_COMMON: Final = 0.003
_LONG: Final = 8
_SHORT: Final = 3
_SAME_FORMAL: Final = 0.85  # two familiar forms of one formal name: Paco and Fran
_DIMINUTIVES: Final = (
    "uccio", "uccia", "illo", "illa", "inho", "inha", "ito", "ita", "ico", "ica", "ino", "ina",
    "etto", "etta", "ello", "ella", "eta", "et", "in", "iño", "iña", "ete", "ie", "y", "i",
)  # fmt: skip
_VOWELS: Final = frozenset("aeiou")


class Fit(IntEnum):
    """How two words of a name fit, from not at all to letter by letter."""

    NONE = 0
    INITIAL = 1
    HINT = 2
    MISTYPED = 3
    FAMILIAR = 4
    SAME = 5


@lru_cache(maxsize=65536)
def fit_given(one: str, other: str) -> Fit:
    """How two words fit as given names. Two names that the lists know are never a slip of each other."""
    if one == other:
        return Fit.SAME
    if _is_initial_of(one, other) or _is_initial_of(other, one):
        return Fit.INITIAL
    confidence = familiarity(one, other)
    if confidence >= SURE:
        return Fit.FAMILIAR
    if _sounds_alike(one, other):
        return Fit.MISTYPED
    hint = Fit.HINT if confidence > 0 else Fit.NONE
    if _differ_by_gender(one, other) or (is_given(one) and is_given(other)):
        return hint
    return max(hint, _fit_unlisted(one, other))


def _fit_unlisted(one: str, other: str) -> Fit:
    """How two words fit of which one at least is on no list: a diminutive, a slip, or a name cut short."""
    if _is_diminutive(one, other) or _is_diminutive(other, one):
        return Fit.FAMILIAR
    if _is_slip(one, other) or _is_slip_of_familiar(one, other) or _is_slip_of_familiar(other, one):
        return Fit.MISTYPED
    if _is_cut(one, other) or _is_cut(other, one):
        return Fit.FAMILIAR
    return Fit.NONE


def _is_slip_of_familiar(familiar: str, mistyped: str) -> bool:
    """*Clau* for *Claudia*, typed *Cllaudia*."""
    if is_given(mistyped):
        return False
    forms = nicknames().get(familiar, {})
    return any(
        len(form) > _SHORT + 1 and confidence >= SURE and is_near_miss(form, mistyped)
        for form, confidence in forms.items()
    )


@lru_cache(maxsize=65536)
def fit_surname(one: str, other: str) -> Fit:
    """How two words fit as surnames."""
    if one == other or _without_particle(one, other) or _without_particle(other, one):
        return Fit.SAME
    if _is_initial_of(one, other) or _is_initial_of(other, one):
        return Fit.INITIAL
    if _sounds_alike(one, other) or _is_slip(one, other):
        return Fit.MISTYPED
    return Fit.NONE


@lru_cache(maxsize=65536)
def familiarity(one: str, other: str) -> float:
    """How sure it is that two ways of writing are forms of one given name, 0 to 1; several words by spaces."""
    table = nicknames()
    forms, others = table.get(one, {}), table.get(other, {})
    direct = max(forms.get(other, 0.0), others.get(one, 0.0))
    familiar = one if other in forms else other
    if direct and given_rate(familiar) > _COMMON:
        direct = min(direct, SURE / 2)  # Sandra may be an Alejandra, but mostly she is a Sandra
    if max(given_rate(one), given_rate(other)) > _COMMON:
        return direct  # José and Antonio are both short for José Antonio, and two names
    both = (forms[form] * others[form] for form in forms.keys() & others.keys())
    return max(direct, max(both, default=0.0) * _SAME_FORMAL)


def commonest(one: str, other: str) -> str:
    """The commonest name behind two forms of it: what the agreement is worth is how rare that one is."""
    table = nicknames()
    formals = {one, other} | (table.get(one, {}).keys() & table.get(other, {}).keys())
    return max(formals, key=lambda word: (given_rate(word), len(word), word))


def _is_initial_of(short: str, word: str) -> bool:
    return len(short) == 1 and word.startswith(short)


def _without_particle(short: str, word: str) -> bool:
    """*Valle* and *Dellavalle*: a particle written on to its word."""
    front = word.removesuffix(short)
    return front != word and front in {
        "de",
        "del",
        "dela",
        "di",
        "della",
        "lo",
        "la",
        "da",
        "d",
        "van",
        "von",
    }


def _sounds_alike(one: str, other: str) -> bool:
    """*Esther* and *Ester*, *Giménez* and *Jiménez*: the same vowels, and consonants of one sound."""
    if min(len(one), len(other)) < _SHORT or sound(one) != sound(other):
        return False
    return _vowels(one) == _vowels(other)


def _vowels(word: str) -> str:
    return "".join(char for char in word.replace("y", "i") if char in _VOWELS)


def _differ_by_gender(one: str, other: str) -> bool:
    """*Mario* and *Maria*, *Daniel* and *Daniela*: the nearest of names, and of couples and siblings."""
    return (one[:-1] == other[:-1] and {one[-1], other[-1]} == {"a", "o"}) or (
        one + "a" == other or other + "a" == one
    )


def _is_slip(one: str, other: str) -> bool:
    short, long = sorted((len(one), len(other)))
    if short < _SHORT or long - short > 2:  # noqa: PLR2004 -- two slips at most
        return False
    if short == _SHORT:
        return one[0] == other[0] and is_near_miss(one, other)
    return slips(one, other) <= (2 if short >= _LONG else 1) or (
        sorted(one) == sorted(other) and slips(one, other) <= 2  # noqa: PLR2004 -- two letters exchanged twice
    )


def _is_cut(short: str, word: str) -> bool:
    """*Alej* for *Alejandro*: the front of a name that is itself no name."""
    return len(short) >= _SHORT and word.startswith(short) and not is_given(short)


def _is_diminutive(small: str, word: str) -> bool:
    if is_given(small) and given_rate(small) > _COMMON:
        return False
    return any(
        small.endswith(ending)
        and len(stem := small.removesuffix(ending)) >= _SHORT
        and word.startswith(stem)
        and len(word) - len(stem) <= 2  # noqa: PLR2004 -- the vowel that the ending replaced, and one more
        for ending in _DIMINUTIVES
    )
