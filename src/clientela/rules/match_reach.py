"""Comparing contacts and birthdays: what two cards can be reached by, and when their people were born."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from clientela.rules.match_card import MatchCard
from clientela.rules.match_contacts import (
    ROLES,
    is_filled_in,
    is_new_year,
    local_of,
    mended,
    own_part,
    skeleton,
    tag_of,
    tail_of,
)
from clientela.rules.match_crowd import SMALLEST, Crowd
from clientela.rules.match_evidence import Evidence, Field, Reason, weigh
from clientela.rules.near_miss import is_near_miss

MANY: Final = 8  # from so many cards on, a contact is an office's or a shop's
_CLOSE: Final = 6.6  # bits that two or three cards with one contact have above any few of a crowd
_DIFFERENT: Final = {Field.EMAIL: -1.2, Field.PHONE: -1.5}
_BIRTHDAYS: Final = 16_000  # so many equally likely birthdays: people are of like age
_LOCAL_SHORTEST: Final = 5
_OTHER_PROVIDER: Final = 9.0


def contact_bits(contact: str, *, among: Crowd) -> float:
    """What one shared contact says: much of two cards, less of each more, little of the shop's own number."""
    holders = _holders(contact, among)
    close = _CLOSE * max(0.0, 1 - (holders - 2) / (MANY - 2))
    return max(0.0, math.log2(max(among.size, SMALLEST) / holders) + close)


def to_count(one: MatchCard, other: MatchCard) -> set[str]:
    """The contacts of two cards of which it matters how many cards have them: those that are one contact to both.

    Also where they are spelled in two ways, so that a pair weighs the same whichever other pairs are asked with it.
    """
    mine, yours = dict(_in_one_form(one)), dict(_in_one_form(other))
    forms = {*mine.values()} & {*yours.values()}
    return {contact for contact, form in (*mine.items(), *yours.items()) if form in forms}


def _in_one_form(card: MatchCard) -> Iterator[tuple[str, str]]:
    for phone in card.phones:
        yield phone, tail_of(phone)
    for email in card.emails:
        yield email, skeleton(mended(email))


def _holders(contact: str, among: Crowd) -> int:
    """How many cards have a contact; an address of an office counts as one of many."""
    holders = among.holders(contact)
    return max(holders, MANY) if contact.partition("@")[0] in ROLES else holders


def compare_phones(one: MatchCard, other: MatchCard, *, among: Crowd) -> Evidence | None:
    """The best that can be said of two cards' numbers; None when one has none."""
    if not one.phones or not other.phones:
        return None
    pairs = product(_typed(one.phones, one.said_phones), _typed(other.phones, other.said_phones))
    found = (
        _phone_pair(mine, yours, among, (said, saying)) for (mine, said), (yours, saying) in pairs
    )
    return _best(found) or _different(Field.PHONE, one.said_phones, other.said_phones)


def _phone_pair(mine: str, yours: str, among: Crowd, said: tuple[str, str]) -> Evidence | None:
    if mine == yours or _one_number(mine, yours):
        bits = min(contact_bits(mine, among=among), contact_bits(yours, among=among))
        many = max(_holders(mine, among), _holders(yours, among)) >= MANY
        reason = Reason.PHONE_OF_MANY if many else Reason.SAME_PHONE
        return weigh(Field.PHONE, reason, bits=bits, said=said)
    if len(mine) == len(yours) and mine[:4] == yours[:4] and is_near_miss(mine, yours):
        return weigh(Field.PHONE, Reason.PHONE_MISTYPED, bits=7.0, said=said)
    return None


def _one_number(mine: str, yours: str) -> bool:
    """Whether two forms are one number, of which one prefix was not understood; two whole ones of a length are not."""
    whole = mine.startswith("+") and yours.startswith("+") and len(mine) == len(yours)
    return not whole and len(tail_of(mine)) > 7 and tail_of(mine) == tail_of(yours)  # noqa: PLR2004 -- eight digits


def compare_emails(
    one: MatchCard, other: MatchCard, *, among: Crowd, words: tuple[str, ...]
) -> Evidence | None:
    """The best that can be said of two cards' addresses. ``words``: of the names both have, already counted there."""
    if not one.emails or not other.emails:
        return None
    pairs = product(_typed(one.emails, one.said_emails), _typed(other.emails, other.said_emails))
    found = (
        _email_pair(mine, yours, among, words, (said, saying))
        for (mine, said), (yours, saying) in pairs
    )
    return _best(found) or _different(Field.EMAIL, one.said_emails, other.said_emails)


def _email_pair(
    mine: str, yours: str, among: Crowd, words: tuple[str, ...], said: tuple[str, str]
) -> Evidence | None:
    if mine == yours:
        many = _holders(mine, among) >= MANY
        reason = Reason.EMAIL_OF_MANY if many else Reason.SAME_EMAIL
        return weigh(Field.EMAIL, reason, bits=contact_bits(mine, among=among), said=said)
    base = min(contact_bits(mine, among=among), contact_bits(yours, among=among))
    fixed, fitted = mended(mine), mended(yours)
    if skeleton(fixed) == skeleton(fitted):
        if tag_of(mine) != tag_of(yours):
            return weigh(Field.EMAIL, Reason.SAME_EMAIL_TAGGED, bits=base * 0.8, said=said)
        reason = Reason.SAME_MAILBOX if fixed == mine and fitted == yours else Reason.EMAIL_MISTYPED
        return weigh(Field.EMAIL, reason, bits=base * 0.95, said=said)
    return _email_alike(fixed, fitted, words, said)


def _email_alike(
    mine: str, yours: str, words: tuple[str, ...], said: tuple[str, str]
) -> Evidence | None:
    local, other = local_of(mine), local_of(yours)
    if min(len(local), len(other)) < _LOCAL_SHORTEST or local in ROLES:
        return None
    if local == other:
        bits = min(_OTHER_PROVIDER, 3.0 + own_part(mine, words))
        return weigh(Field.EMAIL, Reason.EMAIL_OTHER_PROVIDER, bits=bits, said=said)
    if mine.rpartition("@")[2] == yours.rpartition("@")[2] and is_near_miss(local, other):
        # mari.ruiz1 and mari.ruiz2 are two people's as often as one's.
        numbered = _digits(local) != _digits(other)
        return weigh(Field.EMAIL, Reason.EMAIL_MISTYPED, bits=3.0 if numbered else 8.0, said=said)
    return None


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def compare_birthdays(one: MatchCard, other: MatchCard, *, among: Crowd) -> Evidence | None:
    """What two birthdays say; None when one is missing or filled in by a form, unless both are the same."""
    mine, yours = one.birthday, other.birthday
    if not mine or not yours:
        return None
    said = (one.said_birthday, other.said_birthday)
    if mine == yours:
        return _same_birthday(mine, among, said)
    if is_filled_in(mine) or is_filled_in(yours):
        return None
    reason, bits = _two_birthdays(mine, yours)
    return weigh(Field.BIRTHDAY, reason, bits=bits, said=said)


def _two_birthdays(mine: str, yours: str) -> tuple[Reason, float]:
    """What two different birthdays are to each other."""
    same_year = mine[:4] == yours[:4]
    if same_year and (is_new_year(mine) or is_new_year(yours)):
        return Reason.BIRTHDAY_PLACEHOLDER, 1.0
    if same_year and mine[5:7] == yours[8:] and mine[8:] == yours[5:7]:
        return Reason.BIRTHDAY_SWAPPED, 8.0
    if is_near_miss(mine, yours):
        return Reason.BIRTHDAY_MISTYPED, 4.5
    if mine[:7] == yours[:7]:  # no parent, no sibling and no twin is born some days apart
        return Reason.BIRTHDAY_MISTYPED, 2.0
    return Reason.BIRTHDAYS_DIFFER, -5.0


def _same_birthday(birthday: str, among: Crowd, said: tuple[str, str]) -> Evidence:
    size = max(among.size, SMALLEST)
    expected = size / _BIRTHDAYS
    rate = max(1 / _BIRTHDAYS, (among.holders(birthday) - 2 - 3 * expected) / size)
    bits = max(0.0, -math.log2(rate) - 0.1)
    if is_filled_in(birthday):
        return weigh(Field.BIRTHDAY, Reason.BIRTHDAY_PLACEHOLDER, bits=min(bits, 0.5), said=said)
    if is_new_year(birthday):
        return weigh(Field.BIRTHDAY, Reason.BIRTHDAY_PLACEHOLDER, bits=min(bits, 6.0), said=said)
    return weigh(Field.BIRTHDAY, Reason.SAME_BIRTHDAY, bits=bits, said=said)


def years_apart(one: str, other: str) -> int:
    """How many years lie between two birthdays, both given."""
    return abs(int(one[:4]) - int(other[:4]))


def _typed(forms: tuple[str, ...], said: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(forms, said, strict=True))


def _best(found: Iterable[Evidence | None]) -> Evidence | None:
    """The weightiest; of two that weigh the same, the same one whichever card stands first."""
    return max(
        (one for one in found if one is not None),
        key=lambda one: (one.millibits, one.reason, sorted(one.said)),
        default=None,
    )


def _different(field: Field, one: tuple[str, ...], other: tuple[str, ...]) -> Evidence:
    reason = Reason.EMAILS_DIFFER if field is Field.EMAIL else Reason.PHONES_DIFFER
    return weigh(field, reason, bits=_DIFFERENT[field], said=(one[0], other[0]))
