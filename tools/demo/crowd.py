"""The clients of a demo business, before they have done anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from clientela.integrations.business_file.document import BusinessFile
from clientela.rules.name_match import search_text
from tools.demo.dice import Dice
from tools.demo.names import POOLS, phone
from tools.demo.plots import Guest, Plot


@dataclass(slots=True)
class Person:
    """Someone who may book. ``comes`` says how eagerly; ``with_whom`` they prefer."""

    key: str
    name: str
    email: str
    phone: str
    language: str
    zone: str
    note: str
    comes: int
    with_whom: str
    abroad: bool
    visits: list[str] = field(default_factory=list)


def crowd_of(plot: Plot, document: BusinessFile, dice: Dice) -> list[Person]:
    """Return the guests with parts of their own, then as many others as the plot wants."""
    crowd: dict[str, Person] = {}
    people = [entry.key for entry in document.professionals]
    for guest in plot.guests:
        person = _person(guest, with_whom=dice.one_of(people))
        crowd[person.key] = person
    first, family, second = POOLS[document.business.language]
    number = 200
    while len(crowd) < plot.crowd:
        words = (dice.one_of(first), dice.one_of(family), dice.one_of(second))
        name = " ".join(word for word in words if word)
        if _key(name) in crowd:
            continue
        number += 1
        zone, language = _home(plot, dice)
        guest = Guest(
            name=name,
            email=f"{_key(' '.join(words[:2])).replace('-', '.')}.{number}@{_domain(dice)}"
            if dice.chance(0.93)
            else "",
            phone=phone("US" if zone.startswith("America/New") else plot.country, number)
            if dice.chance(0.8)
            else "",
            language=language,
            zone=zone,
            note=dice.one_of(plot.notes) if dice.chance(0.12) else "",
            comes=1 + dice.below(3),
        )
        crowd[_key(name)] = _person(guest, with_whom=dice.one_of(people))
    return list(crowd.values())


def _person(guest: Guest, *, with_whom: str) -> Person:
    return Person(
        key=_key(guest.name),
        name=guest.name,
        email=guest.email,
        phone=guest.phone,
        language=guest.language,
        zone=guest.zone,
        note=guest.note,
        comes=guest.comes,
        with_whom=with_whom,
        abroad=guest.zone.startswith("America/"),
    )


def _home(plot: Plot, dice: Dice) -> tuple[str, str]:
    """Where someone lives and what they speak; blank is here, and the business's language."""
    drawn = dice.below(100)
    for zone, language, share in plot.abroad:
        if drawn < share:
            return zone, language
        drawn -= share
    return "", ""


def _domain(dice: Dice) -> str:
    return "example.org" if dice.chance(0.3) else "example.com"


def _key(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", search_text(name)))
