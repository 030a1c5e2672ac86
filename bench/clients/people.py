"""Persons and their households: names by how common they are, contacts kept alone or shared, birthdays."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate

from clientela.rules.name_tables import plain

COUNTRIES = {"es": "ES", "it": "IT", "pt": "PT", "en": "GB"}
PROVIDERS = ["gmail.com"] * 9 + [
    "hotmail.com", "hotmail.com", "outlook.com", "yahoo.es", "icloud.com", "libero.it", "live.com",
    "sapo.pt", "protonmail.com", "telefonica.net", "btinternet.com", "virgilio.it",
]  # fmt: skip
_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "ca",
    "che",
    "co",
    "da",
    "de",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "so",
    "ta",
    "te",
    "to",
    "va",
    "ve",
    "vi",
    "za",
    "zo",
]
_KINDS = ("single", "couple", "parent", "siblings", "twins")
_SHARES = (0.66, 0.20, 0.08, 0.045, 0.015)


@dataclass(slots=True)
class Person:
    """One human: their true name, contacts and birthday."""

    number: int
    household: int
    language: str
    woman: bool
    given: list[str]
    surnames: list[str]
    born: date
    phone: str
    emails: list[str] = field(default_factory=list)
    role: str = "single"
    married: str = ""


class Town:
    """Draws persons, household by household."""

    def __init__(self, *, seed: int, languages: tuple[str, ...] = ("es", "it", "pt", "en")) -> None:
        self.random = random.Random(seed)
        self.languages = languages
        self.persons: list[Person] = []
        self._households = 0
        self._numbers: set[str] = set()
        self._mailboxes: set[str] = set()

    def settle(self) -> list[Person]:
        """Add one household and return who lives there."""
        draw = self.random
        kind = draw.choices(_KINDS, _SHARES)[0]
        language = draw.choice(self.languages)
        self._households += 1
        born = date(1940, 1, 1) + timedelta(days=draw.randrange(65 * 365))
        first = self._person(language, born)
        home = [first]
        if kind == "couple":
            home.append(self._partner(first))
        elif kind == "parent":
            home.append(self._child(first))
        elif kind in {"siblings", "twins"}:
            home.append(self._sibling(first, twin=kind == "twins"))
        for person in home:
            person.role = kind
        self._share(home, kind)
        self.persons.extend(home)
        return home

    def _person(self, language: str, born: date, *, woman: bool | None = None) -> Person:
        draw = self.random
        woman = draw.random() < 0.6 if woman is None else woman
        person = Person(
            number=len(self.persons) + draw.randrange(10**9) * 10**6,
            household=self._households,
            language=language,
            woman=woman,
            given=self._given(language, woman=woman),
            surnames=[self._surname(language) for _ in range(2 if language in {"es", "pt"} else 1)],
            born=born,
            phone=self._phone(language),
        )
        person.emails = [
            self._email(person) for _ in range(draw.choices((1, 2, 3), (7, 2.5, 0.5))[0])
        ]
        return person

    def _partner(self, first: Person) -> Person:
        draw = self.random
        woman = not first.woman if draw.random() < 0.94 else first.woman
        other = self._person(
            first.language, first.born + timedelta(days=draw.randrange(-3000, 3000)), woman=woman
        )
        while other.given[0] == first.given[0] and draw.random() < 0.9:
            other.given = self._given(first.language, woman=woman)
        takes = {"es": 0.0, "it": 0.12, "pt": 0.4, "en": 0.6}[first.language]
        if draw.random() < takes:
            other.surnames = [*other.surnames[:-1], first.surnames[-1]]
        other.emails = [self._email(other)]
        return other

    def _child(self, parent: Person) -> Person:
        draw = self.random
        parent.born = parent.born.replace(
            year=1940 + parent.born.year % 40, day=min(parent.born.day, 28)
        )
        years = draw.randrange(19, 38)
        child = self._person(parent.language, parent.born + timedelta(days=years * 365))
        mother = self._surname(parent.language)
        if parent.language == "es":
            child.surnames = (
                [parent.surnames[0], mother] if not parent.woman else [mother, parent.surnames[0]]
            )
        elif parent.language == "pt":
            child.surnames = [mother, parent.surnames[-1]]
        elif draw.random() < 0.85:
            child.surnames = list(parent.surnames)
        if draw.random() < 0.08:
            child.given, child.woman = list(parent.given), parent.woman
        child.emails = [self._email(child)]
        return child

    def _sibling(self, first: Person, *, twin: bool) -> Person:
        draw = self.random
        days = 0 if twin else draw.choice((-1, 1)) * draw.randrange(400, 3600)
        other = self._person(first.language, first.born + timedelta(days=days))
        other.surnames = list(first.surnames)
        while other.given[0] == first.given[0] and draw.random() < 0.97:
            other.given = self._given(first.language, woman=other.woman)
        other.emails = [self._email(other)]
        return other

    def _share(self, home: list[Person], kind: str) -> None:
        draw = self.random
        if len(home) < 2:
            return
        one, other = home
        if draw.random() < {"couple": 0.35, "parent": 0.6, "siblings": 0.25, "twins": 0.5}[kind]:
            other.phone = one.phone
        if draw.random() < {"couple": 0.12, "parent": 0.25, "siblings": 0.05, "twins": 0.2}[kind]:
            other.emails = one.emails[:1]
        elif draw.random() < 0.05:
            local, _, domain = one.emails[0].partition("@")
            other.emails = [f"{local}+{plain(other.given[0])}@{domain}"]

    def _given(self, language: str, *, woman: bool) -> list[str]:
        draw = self.random
        if draw.random() < 0.04:
            return [self._invented() + ("a" if woman else "o")]
        first = self._of_sex(language, woman=woman)
        compound = {"es": 0.22, "it": 0.06, "pt": 0.3, "en": 0.02}[language]
        if draw.random() < compound:
            second = self._of_sex(language, woman=woman)
            if second != first:
                return [first, second]
        return [first]

    def _of_sex(self, language: str, *, woman: bool) -> str:
        while True:
            name = self._listed("given", language)
            if name.endswith("a") == woman or self.random.random() < 0.25:
                return name

    def _surname(self, language: str) -> str:
        if self.random.random() < 0.15:
            return self._invented() + self.random.choice(("n", "z", "ni", "s", "rri", "da"))
        return self._listed("surname", language)

    def _listed(self, kind: str, language: str) -> str:
        names, weights = _names(kind, language)
        return self.random.choices(names, cum_weights=weights)[0]

    def _invented(self) -> str:
        return "".join(
            self.random.choice(_SYLLABLES) for _ in range(self.random.choice((2, 3)))
        ).title()

    def _phone(self, language: str) -> str:
        prefix, digits = {
            "es": ("+346", 8), "it": ("+3933", 8), "pt": ("+3519", 8), "en": ("+4478", 8)
        }[language]  # fmt: skip
        while True:
            number = prefix + "".join(self.random.choice("0123456789") for _ in range(digits))
            if language == "pt":
                number = "+3519" + self.random.choice("1236") + number[6:]
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _email(self, person: Person) -> str:
        draw = self.random
        given, last = (
            plain(person.given[0]).replace(" ", ""),
            plain(person.surnames[-1]).replace(" ", ""),
        )
        first = plain(person.surnames[0]).replace(" ", "")
        local = draw.choice(
            (f"{given}.{first}", f"{given}{last}", f"{given[0]}{first}", f"{given}{person.born.year % 100:02}",
             f"{first}.{given}", f"{given}_{first}{draw.randrange(100)}", f"{given}{draw.randrange(1000)}",
             f"{self._invented().lower()}{draw.randrange(100)}")
        )  # fmt: skip
        if draw.random() < 0.3:
            local += str(draw.randrange(10, 9999))
        while local.replace(".", "") in self._mailboxes and draw.random() < 0.98:
            local += str(draw.randrange(10))  # the name alone was taken long ago
        self._mailboxes.add(local.replace(".", ""))
        return f"{local}@{draw.choice(PROVIDERS)}"


@cache
def _names(kind: str, language: str) -> tuple[list[str], list[float]]:
    found: dict[str, float] = defaultdict(float)
    with files("clientela.rules").joinpath("name_frequencies.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["kind"] == kind and row["language"] == language:
                found[row["name"].title()] += float(row["per_thousand"])
    return list(found), list(accumulate(found.values()))
