"""The keys by which a card is found beside others that may be the same person's: at most eight a card.

Two cards are compared when they have a key in common. A key that very many cards have (a shop's own telephone, *Ana
García*) finds nothing worth reading and is left out by whoever looks up; every pair has other keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from typing import Final

from clientela.rules.match_card import MatchCard
from clientela.rules.match_contacts import (
    ROLES,
    is_filled_in,
    local_of,
    mended,
    skeleton,
    tail_of,
)
from clientela.rules.name_tables import formal_of

MOST: Final = 8
STOP_AT_THE_DOOR: Final = 50
STOP_IN_BATCH: Final = 30
_CONTACTS_MOST: Final = 6
_LOCAL_SHORTEST: Final = 6
_CODE_LONGEST: Final = 6


class KeyKind(IntEnum):
    """Of what a key is made. The numbers are stored: none is ever given another meaning."""

    EMAIL = 1
    PHONE = 2
    MAILBOX_NAME = 3
    BIRTHDAY_WORD = 4
    NAME = 5
    SURNAMES = 6


def keys_of(card: MatchCard) -> tuple[tuple[KeyKind, str], ...]:
    """Return the keys of a card, the most telling first; the same for every way of writing the same contact."""
    contacts = list(islice(dict.fromkeys(_contacts(card)), _CONTACTS_MOST))
    return tuple(islice(dict.fromkeys((*contacts, *_words(card), *_mailboxes(card))), MOST))


def _contacts(card: MatchCard) -> Iterator[tuple[KeyKind, str]]:
    """Numbers and addresses by turns, so that a card with many of one kind keeps some of the other."""
    phones = [(KeyKind.PHONE, tail_of(phone)) for phone in card.phones]
    emails = [(KeyKind.EMAIL, skeleton(mended(email))) for email in card.emails]
    for place in range(max(len(phones), len(emails))):
        yield from phones[place : place + 1]
        yield from emails[place : place + 1]


def _mailboxes(card: MatchCard) -> Iterator[tuple[KeyKind, str]]:
    for email in card.emails:
        local = local_of(email)
        if len(local) >= _LOCAL_SHORTEST and local not in ROLES:
            yield KeyKind.MAILBOX_NAME, local


def _words(card: MatchCard) -> Iterator[tuple[KeyKind, str]]:
    """The birthday with each word of the name, whichever field it stands in; then the words in pairs."""
    given = [sound(formal_of(word)) for word in card.given if len(word) > 1]
    surnames = [sound(word) for word in card.surnames if len(word) > 1]
    if card.birthday and not is_filled_in(card.birthday):
        words = dict.fromkeys((*given[:1], *surnames[:2], *given[1:2]))
        for word in islice(words, 3):
            yield KeyKind.BIRTHDAY_WORD, f"{card.birthday}|{word}"
    for surname in surnames[:2]:
        for word in given[:1]:
            yield KeyKind.NAME, "|".join(sorted((word, surname)))
    if len(surnames) > 1:
        yield KeyKind.SURNAMES, "|".join(sorted(surnames[:2]))


_FOLDS: Final = (
    ("ph", "f"),
    ("th", "t"),
    ("gli", "li"),
    ("gn", "n"),
    ("nh", "n"),
    ("ny", "n"),
    ("lh", "l"),
    ("ll", "l"),
    ("tx", "x"),
    ("ch", "x"),
    ("tz", "s"),
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("ge", "je"),
    ("gi", "ji"),
    ("y", "i"),
)
_LETTERS: Final = str.maketrans(
    {"c": "k", "q": "k", "v": "b", "w": "b", "z": "s", "x": "j", "h": "", "j": "j"}
)
_VOWELS: Final = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A rough sound of a word in the languages of the house: its first letter and its consonants, folded.

    *Jiménez* and *Giménez*, *Vázquez* and *Básquez* sound alike; a slip in a vowel changes nothing.
    """
    for written, spoken in _FOLDS:
        word = word.replace(written, spoken)
    folded = word.translate(_LETTERS)
    kept = folded[:1] + folded[1:].translate(_VOWELS)
    single = "".join(char for place, char in enumerate(kept) if char != kept[place - 1 : place])
    return single[:_CODE_LONGEST]
