"""How persons are written down: each channel leaves out and mistypes in its own way."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from random import Random

from bench.clients.people import PROVIDERS, Person, Town

from clientela.rules.client_match import ClientFacts
from clientela.rules.name_tables import nicknames, plain

CHANNELS = ("app", "staff", "messaging", "import")
_SHARES = (0.5, 0.25, 0.12, 0.13)
_NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioosdfghjklkxcvbnmn", strict=False))
_SHORT = {
    "María": "Mª",
    "Francisco": "Fco.",
    "Fernández": "Fdez.",
    "González": "Glez.",
    "Hernández": "Hdez.",
    "Rodríguez": "Rguez.",
}
SHOP_PHONE, SHOP_EMAIL = "+34910000123", "recepcion@salon.example"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the truth about it: whose it is."""

    facts: ClientFacts
    person: int
    household: int
    full_name: str
    given: str
    channel: str
    country: str
    unsure: bool


def clients(
    *, count: int, seed: int, languages: tuple[str, ...] = ("es", "it", "pt", "en")
) -> list[Entry]:
    """Return so many records, in no order; the same for the same seed."""
    town = Town(seed=seed, languages=languages)
    draw = Random(seed + 1)
    entries: list[Entry] = []
    while len(entries) < count:
        for person in town.settle():
            cards = draw.choices((1, 2, 3), (0.865, 0.115, 0.02))[0]
            entries += [_entry(person, draw, again=place > 0) for place in range(cards)]
    draw.shuffle(entries)
    return entries[:count]


def labelled(entries: list[Entry]) -> Iterator[tuple[int, int, str]]:
    """Each pair that is more than two strangers: ``same``, ``household`` or ``homonym``, by places in the list."""
    for label, key in (("same", "person"), ("household", "household"), ("homonym", "full_name")):
        groups: dict[object, list[int]] = defaultdict(list)
        for place, entry in enumerate(entries):
            groups[getattr(entry, key)].append(place)
        for members in groups.values():
            if label == "homonym" and len(members) > 40:
                continue
            for one, other in combinations(members, 2):
                if truth(entries[one], entries[other]) == label:
                    yield one, other, label


def truth(one: Entry, other: Entry) -> str:
    """What the two are to each other."""
    if one.person == other.person:
        return "same"
    if one.household == other.household:
        return "household"
    return "homonym" if one.full_name == other.full_name else "stranger"


def undecidable(one: Entry, other: Entry) -> bool:
    """Whether nobody could tell from the two records.

    One shows no given name; or they are a parent's and a child's of one name, without two birthdays.
    """
    if one.unsure or other.unsure:
        return True
    born = one.facts.birthday and other.facts.birthday
    return truth(one, other) == "household" and one.given == other.given and not born


def _entry(person: Person, draw: Random, *, again: bool) -> Entry:
    channel = draw.choices(CHANNELS, _SHARES)[0]
    given, surnames = _remembered(person, channel, draw, again=again)
    first, last, unsure = _written(given, surnames, channel, draw)
    if draw.random() < 0.15:
        first, last = _without_accents(first), _without_accents(last)
    return Entry(
        facts=ClientFacts(
            first_name=first,
            last_name=last,
            emails=_emails(person, channel, draw),
            phones=_phones(person, channel, draw),
            birthday=_birthday(person, channel, draw),
            language=person.language if draw.random() < 0.8 else "",
        ),
        person=person.number,
        household=person.household,
        full_name=" ".join([*person.given, *person.surnames]),
        given=person.given[0],
        channel=channel,
        country={"es": "ES", "it": "IT", "pt": "PT", "en": "GB"}[person.language],
        unsure=unsure,
    )


def _remembered(
    person: Person, channel: str, draw: Random, *, again: bool
) -> tuple[list[str], list[str]]:
    """The words of the name that reach the record: familiar, cut, mistyped, of another marriage."""
    given, surnames = list(person.given), list(person.surnames)
    if again and person.woman and draw.random() < 0.03:
        surnames = [surnames[0], "Casada"] if len(surnames) > 1 else ["Maritata"]
    if draw.random() < (0.3 if channel in {"staff", "messaging"} else 0.08):
        given = _familiar(given, draw)
    if len(given) > 1 and draw.random() < 0.35:
        given = [given[0]] if draw.random() < 0.7 else [given[1]]
    if len(surnames) > 1 and draw.random() < 0.45:
        surnames = surnames[:1] if person.language == "es" else surnames[-1:]
    return _mistyped(given, draw), _mistyped(surnames, draw)


def _written(
    given: list[str], surnames: list[str], channel: str, draw: Random
) -> tuple[str, str, bool]:
    """The two fields as the channel writes them, and whether the given name can still be told."""
    first, last = " ".join(given), " ".join(surnames)
    if channel == "messaging":
        return _display_name(given, surnames, draw)
    if channel == "import":
        return (*_imported(given, surnames, draw), False)
    chance = draw.random()
    if chance < 0.02:
        return last, first, False
    if chance < 0.04:
        return f"{given[0][0]}.", last, True
    if channel == "staff" and chance < 0.33:
        last = ""
    return first, last, False


def _familiar(given: list[str], draw: Random) -> list[str]:
    forms = _familiar_forms().get(plain(" ".join(given))) or _familiar_forms().get(plain(given[0]))
    return [draw.choice(forms)] if forms else given


@cache
def _familiar_forms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for familiar, formals in nicknames().items():
        for formal, confidence in formals.items():
            if confidence > 0.4:
                found[formal].append(familiar.title())
    return dict(found)


def _mistyped(words: list[str], draw: Random) -> list[str]:
    if draw.random() > 0.035:
        return words
    place = draw.randrange(len(words))
    return [_slip(word, draw) if place == number else word for number, word in enumerate(words)]


def _slip(word: str, draw: Random) -> str:
    if len(word) < 3:
        return word
    at = draw.randrange(1, len(word) - 1)
    kind = draw.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + _NEAR.get(word[at].lower(), "e") + word[at + 1 :]


def _display_name(given: list[str], surnames: list[str], draw: Random) -> tuple[str, str, bool]:
    kind = draw.randrange(6)
    if kind == 3 and draw.random() < 0.3:
        return draw.choice(("", "✨", ".")), "", True
    names = (
        f"{given[0]} {surnames[0][0]}.",
        f"{given[0]} {draw.choice('🌸💅✨🐶')}",
        given[0],
        " ".join([*given, *surnames]),
    )
    return names[min(kind, 3)], "", False


def _imported(given: list[str], surnames: list[str], draw: Random) -> tuple[str, str]:
    kind = draw.randrange(5)
    first, last = " ".join(given), " ".join(surnames)
    if kind == 3:
        try:
            return first.encode().decode("cp1252"), last.encode().decode("cp1252")
        except UnicodeError:
            kind = 4
    if kind == 4:
        given, surnames = (
            [_SHORT.get(word, word) for word in words] for words in (given, surnames)
        )
        return " ".join(given), " ".join(surnames)
    ways = (
        (first.upper(), last.upper()),
        (f"{last}, {first}", ""),
        (f"{last} {first}".upper(), ""),
    )
    return ways[kind]


def _emails(person: Person, channel: str, draw: Random) -> tuple[str, ...]:
    if draw.random() > {"app": 0.97, "staff": 0.35, "messaging": 0.1, "import": 0.7}[channel]:
        return (SHOP_EMAIL,) if draw.random() < 0.01 else ()
    email = draw.choice(person.emails)
    local, _, domain = email.partition("@")
    chance = draw.random()
    if chance < 0.015:
        domain = domain.replace("gmail", "gmial").replace("hotmail", "hotmal")
    elif chance < 0.03:
        local = _slip(local, draw)
    elif chance < 0.045 and domain == "gmail.com":
        local = local[:3] + "." + local[3:]
    elif chance < 0.055:
        local += "+citas"
    elif chance < 0.08:
        domain = draw.choice(PROVIDERS)
    return (
        f"{local}@{domain}".upper()
        if channel == "import" and draw.random() < 0.3
        else f"{local}@{domain}",
    )


def _phones(person: Person, channel: str, draw: Random) -> tuple[str, ...]:
    if draw.random() > {"app": 0.75, "staff": 0.9, "messaging": 1.0, "import": 0.8}[channel]:
        return (SHOP_PHONE,) if draw.random() < 0.01 else ()
    number = person.phone
    chance = draw.random()
    if chance < 0.06:
        number = number[:-7] + "".join(draw.choice("0123456789") for _ in range(7))
    elif chance < 0.08:
        number = number[:-3] + draw.choice("0123456789") + number[-2:]
    prefix = {"es": 3, "it": 3, "pt": 4, "en": 3}[person.language]
    style = draw.randrange(5)
    if style == 0:
        return (f"{number[:prefix]} {number[prefix:]}",)
    if style == 1:
        return (f"00{number[1:]}",)
    if style == 2:
        national = ("0" if person.language == "en" else "") + number[prefix:]
        return (f"{national[:3]} {national[3:6]} {national[6:]}",)
    return (number,)


def _birthday(person: Person, channel: str, draw: Random) -> str:  # noqa: PLR0911 -- a way each of being wrong
    if draw.random() > {"app": 0.55, "staff": 0.25, "messaging": 0.0, "import": 0.6}[channel]:
        return ""
    chance = draw.random()
    born = person.born
    if chance < 0.03:
        return f"{born.year}-01-01"
    if chance < 0.04:
        return "1990-01-01"
    if chance < 0.06 and born.day <= 12:
        return f"{born.year}-{born.day:02}-{born.month:02}"
    if chance < 0.07:
        return born.replace(day=1 + (born.day + 9) % 28).isoformat()
    if channel == "import" and chance < 0.4:
        return born.strftime("%d/%m/%Y")
    return born.isoformat()


def _without_accents(text: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
