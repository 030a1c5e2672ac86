"""Reading a telephone number as typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import phonenumbers
from django.conf import settings
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from clientela.people.errors import PhoneInvalid

_MOBILE = {PhoneNumberType.MOBILE}
_EITHER = {PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN}
_LONGEST = 40


class NumberKind(StrEnum):
    """What a number can be sent: whether a text would arrive there, as far as its plan of numbers tells.

    In some countries, such as the USA, landlines and mobiles look alike (``UNKNOWN``): the carrier has the last word.
    ``INVALID`` cannot be anybody's, or is a line that costs whoever writes to it (premium and the like).
    """

    MOBILE = "mobile"
    LANDLINE = "landline"
    UNKNOWN = "unknown"
    INVALID = "invalid"


_KINDS = {
    PhoneNumberType.MOBILE: NumberKind.MOBILE,
    PhoneNumberType.FIXED_LINE: NumberKind.LANDLINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: NumberKind.UNKNOWN,
    PhoneNumberType.VOIP: NumberKind.UNKNOWN,
}


_STORY_MOBILES = {"+447700900": "GB"}
"""Mobile numbers that a regulator keeps for stories, by their beginning, with their country: nobody ever has one.

They are good numbers in a demo, whose texts leave no machine, and nowhere else: a real client who gives one gave none.
"""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in its international form, and whether a text message could arrive there."""

    e164: str
    kind: Literal["mobile", "landline", "unknown"]


def parse_phone(text: str, *, country: str) -> Phone:
    """Return the number typed, read as of ``country`` (two letters) when it has no prefix.

    Refuses with ``PhoneInvalid`` what no country could have assigned.
    """
    if len(text) > _LONGEST:
        raise PhoneInvalid(field="phone")
    try:
        number = phonenumbers.parse(text, country.upper() or None)
    except phonenumbers.NumberParseException as error:
        raise PhoneInvalid(field="phone") from error
    if not phonenumbers.is_possible_number(number):
        raise PhoneInvalid(field="phone")
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), _kind(number))


def _kind(number: phonenumbers.PhoneNumber) -> Literal["mobile", "landline", "unknown"]:
    found = phonenumbers.number_type(number)
    if found in _MOBILE:
        return "mobile"
    return "unknown" if found in _EITHER else "landline"


def number_kind(e164: str) -> NumberKind:
    """Return what the number in its international form can be sent; never raises."""
    if _story_country(e164):
        return NumberKind.MOBILE
    number = _parsed(e164)
    if number is None or not phonenumbers.is_valid_number(number):
        return NumberKind.INVALID
    return _KINDS.get(phonenumbers.number_type(number), NumberKind.INVALID)


def number_country(e164: str) -> str:
    """Return the two letters of the country a number belongs to, or ``""`` if none can be told.

    Of countries that share a prefix it is the one whose range holds the number, such as CA within +1.
    """
    number = _parsed(e164)
    found = phonenumbers.region_code_for_number(number) if number else None
    return found if found and found.isalpha() else _story_country(e164)


def as_read(e164: str) -> str:
    """Return a number as people write it for others, ``+34 612 34 56 78``; what is no number stays as it is."""
    number = _parsed(e164)
    if number is None:
        return e164
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _story_country(e164: str) -> str:
    """The country of a story's mobile number, in a demo; blank for every other."""
    if not settings.DEMO:
        return ""
    return next((land for start, land in _STORY_MOBILES.items() if e164.startswith(start)), "")


def _parsed(e164: str) -> phonenumbers.PhoneNumber | None:
    if not e164.startswith("+") or len(e164) > _LONGEST:
        return None
    try:
        return phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return None
