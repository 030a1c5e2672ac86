"""Reading a name: which of its words are given names, which are surnames.

Nobody types names one way. *García Márquez, Gabriel*, *GARCIA MARQUEZ GABRIEL* in one field, the fields swapped, *Mª
José*, *Ana G. 🌸* and *JosÃ©* are all read here. The boundary that was typed is believed unless the lists of names
speak clearly against it; which of several surnames comes first is never asked.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clientela.rules.name_tables import (
    LETTERS,
    UNLISTED,
    given_rate,
    meanings_of,
    nicknames,
    plain,
    surname_rate,
    words_of,
)

PARTICLES: Final = words_of("particle")
_PARTNERS: Final = re.compile(r"\s+(?:y|e|&|and|et|und|i|ed|\+|/)\s+|\s*[/&+]\s*", re.IGNORECASE)
# Words that name a person by another one: madre, figlia, wife.
_KIN: Final = words_of("kin")
_LEFT_OUT: Final = words_of("title") | words_of("noise") | _KIN
_SHORT_FORMS: Final = meanings_of("short")
# Given names that follow María and the like with a particle: María del Carmen, Maria das Dores.
_DEVOTIONS: Final = words_of("devotion")
# The marks of UTF-8 read as another encoding: the first of two bytes, then a sign no name has.
_BROKEN: Final = re.compile(r"[\u00c2-\u00c5][^a-zA-Z]|\u00e2\u20ac")
_LOST: Final = re.compile(r"(?<=\w)[?\ufffd](?=\w)|(?<=\w)\ufffd")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|\"[^\"]*\"|«[^»]*»")
_ORDINALS: Final = re.compile(r"\b([Mm])\.?\s*[ªºa°]\.?(?=\W|$)")
_MOST_WORDS: Final = 8

# In bits: how unlikely each way of writing a name is before its words are looked at.
_TYPED_BOUNDARY: Final = 0.0
_OTHER_BOUNDARY: Final = -7.0
_SWAPPED: Final = -6.5
_TWO_GIVEN: Final = -1.5
_REVERSED: Final = -4.0
_NO_SURNAME: Final = -5.0
_AFTER_PARTICLE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a name in plain letters, without particles; ``several``: it names more than one person."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    after_particle: bool


@lru_cache(maxsize=65536)
def read_name(*, first: str, last: str) -> Name:
    """Read a name typed into two fields, or all of it into one; blank fields give no words."""
    first, last = mend_text(first), mend_text(last)
    if not last and first.count(",") == 1:
        last, first = (part.strip() for part in first.split(","))
    if not first and last.count(",") == 1:
        last, first = (part.strip() for part in last.split(","))
    front, back = _words(first), _words(last)
    several = _names_several(first, last)
    words = (front + back)[:_MOST_WORDS]
    if not words:
        return Name((), (), several)
    boundary = len(front) if front and back else None
    given, surnames = _split(words, boundary)
    return Name(_unabbreviated(given), _unabbreviated(surnames), several)


@lru_cache(maxsize=16384)
def words_as_typed(words: str, typed: str) -> str:
    """Plain words of a name as they were typed: *garcia marquez* of *Gabriel GARCÍA Márquez* is *GARCÍA Márquez*."""
    found = {_plain_words(part): part for part in mend_text(typed).replace(",", " ").split()}
    return " ".join(found.get((word,), word.title()) for word in words.split())


def mend_text(text: str) -> str:
    """Undo what careless programs did to a text: *JosÃ©* is *José* again, letters lost to ``?`` are left out."""
    for _ in range(2):
        if not _BROKEN.search(text):
            break
        for encoding in ("cp1252", "latin-1"):
            try:
                text = text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
            break
        else:
            break
    return unicodedata.normalize("NFKC", _ORDINALS.sub("Maria ", _LOST.sub("", text))).strip()


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    particle = False
    for word in _in_plain_words(_BRACKETS.sub(" ", text)):
        if word in PARTICLES and (len(word) > 1 or word in {"y", "e"}):
            particle = True
        elif word not in _LEFT_OUT and not word.isdigit():
            found.append(_Word(_SHORT_FORMS.get(word, word), particle))
            particle = False
    return found


def _names_several(first: str, last: str) -> bool:
    whole = f"{first} {last}"
    if any(word in _KIN for word in _in_plain_words(whole)):
        return True
    halves = [half for half in _PARTNERS.split(first if last else whole) if half.strip()]
    if len(halves) < 2:  # noqa: PLR2004 -- two halves are a couple
        return False
    heads = [list(_in_plain_words(half))[:1] for half in halves]
    return all(
        head and (given_rate(head[0]) > surname_rate(head[0]) or head[0] in nicknames())
        for head in heads
    )


def _split(words: list[_Word], boundary: int | None) -> tuple[list[str], list[str]]:
    """The likeliest reading; of equals, the one with fewer given names in front."""
    best: tuple[float, list[_Word], list[_Word]] | None = None
    for weight, given, surnames in _readings(words, boundary):
        total = weight + _plausible(given, surnames)
        if best is None or total > best[0] + 1e-9:
            best = (total, given, surnames)
    if best is None:  # cannot be: there is always a reading of one word
        return [], []
    return [word.text for word in best[1]], [word.text for word in best[2]]


def _readings(
    words: list[_Word], boundary: int | None
) -> Iterator[tuple[float, list[_Word], list[_Word]]]:
    count = len(words)
    if boundary is not None:
        yield _TYPED_BOUNDARY, words[:boundary], words[boundary:]
        yield _SWAPPED, words[boundary:], words[:boundary]
    for length in range(1, min(count, 4)):
        weight = _TWO_GIVEN * (length - 1) + (_OTHER_BOUNDARY if boundary is not None else 0.0)
        yield weight, words[:length], words[length:]
        yield weight + _REVERSED, words[count - length :], words[: count - length]
    if boundary is None:
        yield (_NO_SURNAME if count > 1 else 0.0) + _TWO_GIVEN * (count - 1), words, []
        if count == 1:
            yield -1.0, [], words


def _plausible(given: Sequence[_Word], surnames: Sequence[_Word]) -> float:
    return sum(
        (
            _lean(word.text)
            - (0.0 if word.text in _DEVOTIONS else _AFTER_PARTICLE * word.after_particle)
        )
        / 2
        for word in given
    ) - sum((_lean(word.text) - _AFTER_PARTICLE * word.after_particle) / 2 for word in surnames)


@lru_cache(maxsize=16384)
def _lean(word: str) -> float:
    """How much rather a word is a given name than a surname, in bits; an initial leans nowhere."""
    if len(word) == 1:
        return 0.0
    given = max(given_rate(word), 0.0005 if word in nicknames() else UNLISTED)
    return math.log2(given / max(surname_rate(word), UNLISTED))


def _unabbreviated(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _in_plain_words(text: str) -> Iterator[str]:
    for part in text.split():
        yield from _plain_words(part)


@lru_cache(maxsize=65536)
def _plain_words(part: str) -> tuple[str, ...]:
    """The plain words of what stands between two spaces: a crowd has the same names over and over."""
    return tuple(plain(_romanised(part)).split())


def _romanised(text: str) -> str:
    """Cyrillic and Greek letters in Latin ones, as passports write them."""
    if text.isascii():
        return text
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", text.casefold())
        if unicodedata.category(char) != "Mn"
    )
    return bare.translate(LETTERS)
