"""The packaged tables of names: how common each is, and which familiar forms belong to which formal ones.

``name_frequencies.csv`` ranks the names of four languages, after the public lists of their offices of statistics, as
shares per thousand people with a long tail; ``nicknames.csv`` is our own collection of familiar forms, variants and
translations inside Spain; ``name_words.csv`` holds what stands in a name's field and is none. All languages are read together: a Portuguese client of a shop in Milan is still a *Zé*.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Final

# The share of people with a name that no list has: rarer than the rarest listed.
UNLISTED: Final = 0.00005
LANGUAGES: Final = ("es", "it", "pt", "en")

_APOSTROPHES: Final = "'\u2019\u2018`\u00b4\u00b7"


def words_of(kind: str) -> frozenset[str]:
    """The words of ``name_words.csv`` of one kind: ``particle``, ``kin``, ``title``, ``noise``, ``devotion``, ``role``."""
    return frozenset(row["word"] for row in _rows("name_words.csv") if row["kind"] == kind)


def meanings_of(kind: str) -> Mapping[str, str]:
    """What the words of one kind stand for: ``short`` forms of names, ``letter`` of other alphabets in Latin ones."""
    found = (row for row in _rows("name_words.csv") if row["kind"] == kind)
    return MappingProxyType({row["word"]: row["means"] for row in found})


def _rows(name: str) -> Iterator[dict[str, str]]:
    source = files("clientela.rules").joinpath(name)
    with source.open("r", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


# Letters that do not come apart into one of ours and a mark.
LETTERS: Final = str.maketrans(dict(meanings_of("letter")))
_SPECIAL: Final = LETTERS | str.maketrans("", "", _APOSTROPHES)
_ASCII_WORD: Final = re.compile("[0-9a-z]+")


def plain(text: str) -> str:
    """Return the letters and digits of a text without case, accents and punctuation, in single-spaced words.

    Apostrophes join (*D'Angelo* is one word); everything else that is no letter or digit parts.
    """
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.translate(_SPECIAL).lower()))
    text = unicodedata.normalize("NFKD", text.translate(_SPECIAL)).casefold()
    text = unicodedata.normalize("NFKD", text.translate(_SPECIAL)).translate(_SPECIAL)
    folded = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def given_rate(word: str) -> float:
    """The share of people with this given name, in the language where it is commonest; ``word`` as ``plain`` gives."""
    return _rates()["given"].get(word, UNLISTED)


def surname_rate(word: str) -> float:
    """The share of people with this surname, in the language where it is commonest; ``word`` as ``plain`` gives."""
    return _rates()["surname"].get(word, UNLISTED)


def is_given(word: str) -> bool:
    """Whether the lists know this word as a given name, formal or familiar."""
    return word in _rates()["given"] or word in nicknames()


def is_surname(word: str) -> bool:
    """Whether the lists know this word as a surname."""
    return word in _rates()["surname"]


@cache
def nicknames() -> Mapping[str, Mapping[str, float]]:
    """Familiar form → its formal ones with confidence, all as ``plain`` gives; a formal one may have several words."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in _rows("nicknames.csv"):
        familiar, formal = plain(row["familiar"]), plain(row["formal"])
        if familiar != formal:
            known = found[familiar].get(formal, 0.0)
            found[familiar][formal] = max(known, float(row["confidence"]))
    return MappingProxyType(dict(found))


@cache
def formal_of(word: str) -> str:
    """The one formal name that keys are made of: the likeliest and, of equals, the first in the alphabet."""
    forms = nicknames().get(word)
    if not forms or given_rate(word) > 0.004:  # a common name stands for itself  # noqa: PLR2004 -- four in a thousand
        return word
    return min(forms, key=lambda form: (-forms[form], form)).split()[0]


@cache
def _rates() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {"given": {}, "surname": {}}
    for row in _rows("name_frequencies.csv"):
        shares = found[row["kind"]]
        words = plain(row["name"]).split()
        for word in {words[-1], "".join(words)}:
            shares[word] = max(shares.get(word, 0.0), float(row["per_thousand"]) / 1000)
    return found


def joined_pairs(words: tuple[str, ...]) -> Iterator[str]:
    """Neighbouring words written as one: *garcia marquez* → *garciamarquez*."""
    return ("".join(pair) for pair in pairwise(words))
