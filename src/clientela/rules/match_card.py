"""A client's card as matching sees it: what was typed, normalised once; the typed values are kept for explanations.

Nothing here is ever written back to a card: the forms are for comparing only. In particular the *skeleton* of an
address (without dots and tags) is evidence, never an identity: no log-in, no message and no uniqueness rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clientela.rules.match_contacts import read_birthday, read_email, read_phone
from clientela.rules.match_names import read_name

# Where nothing says what somebody speaks, what most of the country do: surnames follow the custom of the language.
_SPOKEN: Final = {
    "ES": "es",
    "IT": "it",
    "PT": "pt",
    "BR": "pt",
    "GB": "en",
    "IE": "en",
    "US": "en",
}


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What one record says of a person, as typed; everything may be blank.

    A record with one field for the whole name gives it as ``first_name``. ``birthday`` is best ISO (``1985-03-12``);
    day-first forms are read too. ``language`` is ``es``, ``it``, ``pt``, ``en`` or blank.
    """

    first_name: str = ""
    last_name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    birthday: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class MatchCard:
    """A card ready to be compared: words of names in plain letters, contacts in their one form.

    ``given`` and ``surnames`` are the likeliest reading of the name; ``several`` says that it names more than one
    person (*Ana y Luis*, *madre de Eva*), so that the given name settles nothing. ``said_…`` hold what was typed,
    each beside its normal form.
    """

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    several: bool
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    birthday: str
    language: str
    said_name: str
    said_emails: tuple[str, ...]
    said_phones: tuple[str, ...]
    said_birthday: str


def read_card(facts: ClientFacts, *, country: str) -> MatchCard:
    """Normalise a record once. ``country`` (two letters) reads telephone numbers without a prefix.

    Contacts that are none (no ``@``, no digits) are left out; the same one twice counts once.
    """
    name = read_name(first=facts.first_name, last=facts.last_name)
    emails = _each(facts.emails, [read_email(typed) for typed in facts.emails])
    phones = _each(facts.phones, [read_phone(typed, country=country) for typed in facts.phones])
    return MatchCard(
        given=name.given,
        surnames=name.surnames,
        several=name.several,
        emails=tuple(emails),
        phones=tuple(phones),
        birthday=read_birthday(facts.birthday),
        language=facts.language.strip().casefold()[:2] or _SPOKEN.get(country.upper(), ""),
        said_name=" ".join(f"{facts.first_name} {facts.last_name}".split()),
        said_emails=tuple(emails.values()),
        said_phones=tuple(phones.values()),
        said_birthday=facts.birthday.strip(),
    )


def _each(typed: tuple[str, ...], forms: list[str]) -> dict[str, str]:
    """Form → what was typed, in the order of the forms: the order of typing must not matter."""
    found: dict[str, str] = {}
    for text, form in sorted(zip((one.strip() for one in typed), forms, strict=True)):
        if form:
            found.setdefault(form, text)
    return dict(sorted(found.items()))
