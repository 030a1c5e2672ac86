"""Addresses, telephone numbers and birthdays in the one form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final

import idna
import phonenumbers
from phonenumbers import PhoneNumberFormat

from clientela.rules.mail_hosts import likely_meant
from clientela.rules.name_match import normalise_email
from clientela.rules.name_tables import plain, words_of

GMAIL: Final = frozenset({"gmail.com", "googlemail.com"})
# Mailboxes of an office, not of a person.
ROLES: Final = words_of("role")
_NO_ONE: Final = re.compile(
    r"(?:no|sin|senza|sem|without|non)[._-]?(?:tiene|e?-?mail|correo|mail)|noreply|no-reply|none|test|x{2,}|a{3,}|\.+"
)
_INSIDE: Final = re.compile(r"<([^<>]+@[^<>]+)>")
_PHONE_LENGTHS: Final = range(6, 16)
_TAIL: Final = 8
# Birthdays that forms fill in by themselves.
_FILLED_IN: Final = frozenset(
    {
        "1900-01-01",
        "1970-01-01",
        "1980-01-01",
        "1990-01-01",
        "2000-01-01",
        "1899-12-30",
        "1901-01-01",
    }
)
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_OLDEST: Final = 1880
_CENTURY: Final = 100
_THIS_CENTURY: Final = 26  # of years of two digits, from here on the last century is meant


def read_email(typed: str) -> str:
    """Return an address as compared: trimmed, case-folded, its domain in ASCII; blank for what is none.

    *Ana <ana@example.org>* and *mailto:* are read; addresses that say *no address* (sinemail@…) are none.
    """
    inside = _INSIDE.search(typed)
    text = normalise_email(inside.group(1) if inside else typed).removeprefix("mailto:")
    text = "".join(text.split()).strip("<>\"'.,;:()[]")
    local, _, domain = text.rpartition("@")
    if not local or "." not in domain or _NO_ONE.fullmatch(local):
        return ""
    return f"{local}@{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain.strip(".")
    try:
        return idna.encode(domain.strip(".")).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return domain


@lru_cache(maxsize=65536)
def skeleton(email: str) -> str:
    """An address without its tag and, at Gmail, without dots: evidence of one mailbox, never an identity."""
    local, _, domain = email.rpartition("@")
    base = local.split("+", 1)[0] or local
    if domain in GMAIL:
        base, domain = base.replace(".", "") or base, "gmail.com"
    return f"{base}@{domain}"


def tag_of(email: str) -> str:
    """What stands behind the plus of an address, or nothing."""
    return email.rpartition("@")[0].partition("+")[2]


@lru_cache(maxsize=65536)
def local_of(email: str) -> str:
    """The part before the ``@`` without tag and without separators: what people take along to another provider."""
    local = email.rpartition("@")[0].split("+", 1)[0]
    return "".join(char for char in local if char.isalnum())


@lru_cache(maxsize=65536)
def mended(email: str) -> str:
    """The address probably meant, when its domain is a slip of a large provider's; else itself."""
    local, _, domain = email.rpartition("@")
    return f"{local}@{_mended_domain(domain)}"


@lru_cache(maxsize=4096)
def _mended_domain(domain: str) -> str:
    return likely_meant(f"a@{domain}").removeprefix("a@") or domain


def read_phone(typed: str, *, country: str) -> str:
    """Return a number as compared: international with ``+`` where it can be read so, else its bare digits.

    National forms are read as of ``country``; ``00`` and stray signs are understood. Blank when there are too few
    digits, or one digit over and over. Where no country is told, a number with ``+`` is one of ours: it was read
    when it was kept, and is taken as it stands.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    digits = "".join(filter(str.isdigit, text))
    if len(digits) not in _PHONE_LENGTHS or len(set(digits[-_TAIL:])) == 1:
        return ""
    if digits in "01234567890123456789" or digits[-_TAIL:] == "0" * _TAIL:
        return ""
    plus = text.lstrip("(").startswith("+")
    if plus and not country:
        return f"+{digits}"
    return _international(digits, plus=plus, country=country.upper())


def _international(digits: str, *, plus: bool, country: str) -> str:
    if not plus and digits.startswith("00"):
        digits, plus = digits[2:], True
    tries = [("+" + digits, None)] if plus else [(digits, country or None), ("+" + digits, None)]
    for text, region in tries:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return digits


def tail_of(phone: str) -> str:
    """The last eight digits: the same whether or not the prefix was understood."""
    return phone.removeprefix("+")[-_TAIL:]


@lru_cache(maxsize=65536)
def read_birthday(typed: str) -> str:
    """Return a birthday as ``YYYY-MM-DD``; blank for what is no date.

    ISO, ``12/03/1985`` (day first; month first only where the other cannot be), ``12/03/85`` and ``19850312`` are read.
    """
    text = typed.strip()
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        if year < _CENTURY:
            year += 1900 if year >= _THIS_CENTURY else 2000
    else:
        return ""
    for first, second in ((month, day), (day, month)):
        try:
            read = date(year, first, second)
        except ValueError:
            continue
        return read.isoformat() if year >= _OLDEST else ""
    return ""


def is_filled_in(birthday: str) -> bool:
    """Whether a birthday is one that forms fill in by themselves."""
    return birthday in _FILLED_IN


def is_new_year(birthday: str) -> bool:
    """Whether a birthday falls on the first of January: often put where only the year is known."""
    return birthday.endswith("-01-01")


def own_part(email: str, words: tuple[str, ...]) -> float:
    """How much of an address is not the name over again, in bits: *lewis.a22* of Amanda Lewis has little of its own.

    Whole words of the name, their fronts of three letters and initials say nothing; a digit says less than any digit
    could, for years and lucky numbers are chosen by many.
    """
    local = plain(local_of(email)).replace(" ", "")
    left = "".join(char for char in local if not char.isdigit())
    digits = len(local) - len(left)
    for word in sorted(words, key=len, reverse=True):
        fronts = (word[:length] for length in range(len(word), 2, -1))
        front = next((front for front in fronts if front in left), "")
        left = left.replace(front, "", 1)
    initials = {word[0] for word in words if word}
    left = "".join(char for char in left if char not in initials)
    return 3.0 * len(left) + 1.5 * digits
