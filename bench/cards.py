"""Fill an installation with client cards, then time the search in it; both print JSON.

    python -m bench.cards fill HERE AROUND     HERE cards in one business, AROUND in thirty others
    python -m bench.cards ask ROUNDS           the searches of ``QUESTIONS``, each in turn, ROUNDS times

Names are drawn by how common they are (a few surnames cover a fifth of a people, the tail is long), with a fixed
seed; two spellings of a word stand on different cards, since nobody remembers which.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import django

django.setup()

from django.db import connection, reset_queries, transaction

from clientela.business.actions.found_business import found_business
from clientela.business.models import Business
from clientela.people.card_text import card_text
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.search_clients import search_clients
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope

NOW = datetime(2033, 3, 1, tzinfo=UTC)
BY = Actor.system("bench")
OTHERS = 30
BATCH = 2_000
GIVEN = [
    "María",
    "José",
    "Antonio",
    "Carmen",
    "Ana",
    "Luis",
    "Laura",
    "Lucía",
    "Javier",
    "Marta",
    "Pablo",
    "Sofía",
    "Giulia",
    "Marco",
    "Chiara",
    "Francesca",
    "Andrea",
    "Elena",
    "Matteo",
    "Irene",
    "Núria",
    "Álvaro",
    "Zoë",
    "Beatriz",
    "Íñigo",
    "Xabier",
    "Grace",
    "Oliver",
    "Amelia",
]
SURNAMES = [
    "García",
    "Rodríguez",
    "González",
    "Fernández",
    "López",
    "Martínez",
    "Sánchez",
    "Pérez",
    "Gómez",
    "Martín",
    "Rossi",
    "Russo",
    "Ferrari",
    "Esposito",
    "Bianchi",
    "Romano",
    "Colombo",
    "Ruiz",
    "Díaz",
    "Muñoz",
    "Álvarez",
    "Romero",
    "Alonso",
    "Gutiérrez",
    "Navarro",
    "Torres",
    "Núñez",
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Zubizarreta",
]
SYLLABLES = [
    "ba",
    "be",
    "bo",
    "ca",
    "ce",
    "co",
    "da",
    "de",
    "di",
    "fa",
    "fe",
    "ga",
    "go",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mi",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ri",
    "sa",
    "se",
    "ta",
    "te",
    "to",
    "va",
    "vi",
    "za",
]
QUESTIONS = (
    "maria", "garcia lopez", "zubiz", "núñez", "ana", "an", "x", "gmail", "client150000@",
    "600 15 00 00", "34600150", "150000", "no such person", "qwxz", "lucia zubizarreta", "zoe",
    "tefa", "maria jose garcia", "@example.com", "00",
)  # fmt: skip
"""Common and rare, short and long, words, pieces of words, addresses, numbers however spaced, and nobody."""


def fill(here: int, around: int) -> dict[str, int]:
    """Make the cards; the business searched in is called ``here``."""
    draw = random.Random(7)
    for slug, count in [("here", here), *((f"other-{n}", around // OTHERS) for n in range(OTHERS))]:
        business = found_business(
            name=slug,
            slug=slug,
            language="es",
            currency="EUR",
            zone="Europe/Madrid",
            owner=None,
            by=BY,
            now=NOW,
        )
        with business_scope(business.pk):
            for first in range(0, count, BATCH):
                _insert(business, range(first, min(first + BATCH, count)), draw)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"here": here, "around": around}


def _insert(business: Business, numbers: range, draw: random.Random) -> None:
    cards, contacts = [], []
    for number in numbers:
        name = " ".join(_name(draw))
        email, phone = f"client{number}@{_host(draw)}", f"+34{600_000_000 + number}"
        card = Client(
            id=uuid7(),
            business=business,
            record_name=name,
            search_text=card_text(name=name, values=(email, phone)),
            created_at=NOW,
        )
        cards.append(card)
        for kind, value in ((IdentifierKind.EMAIL, email), (IdentifierKind.PHONE, phone)):
            contacts.append(
                Identifier(
                    business=business,
                    client=card,
                    kind=kind,
                    value=value,
                    written=value,
                    created_at=NOW,
                )
            )
    with transaction.atomic():
        Client.objects.bulk_create(cards)
        Identifier.objects.bulk_create(contacts)


def _name(draw: random.Random) -> Iterator[str]:
    yield GIVEN[min(int(draw.paretovariate(1.0)) - 1, len(GIVEN) - 1)]
    for _ in range(2):
        if draw.random() < 0.5:
            yield SURNAMES[min(int(draw.paretovariate(0.9)) - 1, len(SURNAMES) - 1)]
        else:
            yield "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 4))).title()


def _host(draw: random.Random) -> str:
    return draw.choice(("gmail.com", "gmail.com", "example.com", "correo.example", "work.example"))


def ask(rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return the milliseconds of every question, in each round: by the clock, and of this process's own work."""
    business = Business.objects.get(slug="here")
    taken: dict[str, dict[str, list[float]]] = {
        kind: {text: [] for text in QUESTIONS} for kind in ("wall", "cpu")
    }
    with business_scope(business.pk):
        for _ in range(rounds):
            for text in QUESTIONS:
                reset_queries()
                wall, cpu = time.perf_counter(), time.process_time()
                search_clients(text=text, limit=30)
                taken["wall"][text].append(1000 * (time.perf_counter() - wall))
                taken["cpu"][text].append(1000 * (time.process_time() - cpu))
    return taken


if __name__ == "__main__":
    verb, *numbers = sys.argv[1:]
    print(json.dumps({"fill": fill, "ask": ask}[verb](*map(int, numbers))))
