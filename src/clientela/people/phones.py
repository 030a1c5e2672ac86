"""Reading a telephone number as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from clientela.people.errors import PhoneInvalid

_MOBILE = {PhoneNumberType.MOBILE}
_EITHER = {PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN}
_LONGEST = 40


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
