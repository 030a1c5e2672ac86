"""Fill an installation with clients who come twice, then find them; every verb prints JSON.

python -m bench.identities fill HERE        HERE cards of ``bench/clients`` in one business, keys not written
python -m bench.identities compare          the whole business: once from nothing, once from stored keys
python -m bench.identities ask ROUNDS       look-ups of cards typed again, and changes of cards, ROUNDS of each
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

django.setup()

from bench.clients.cards import Entry, clients
from django.db import connection, transaction

from clientela.business.actions.found_business import found_business
from clientela.business.models import Business
from clientela.people.actions.compare_business import compare_business
from clientela.people.actions.refresh_keys import refresh_keys
from clientela.people.card_text import card_text
from clientela.people.emails import parse_email
from clientela.people.models import Client, ClientKey, Identifier, IdentifierKind, Suggestion
from clientela.people.phones import parse_phone
from clientela.people.queries.candidates import candidates
from clientela.people.queries.match_cards import match_facts
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope

NOW = datetime(2033, 3, 1, tzinfo=UTC)
BY = Actor.system("bench")
TOWN = 20_000
BATCH = 2_000


def fill(here: int) -> dict[str, int]:
    """Make the cards: towns of invented people, some of whom come by several doors."""
    business = found_business(
        name="Here", slug="here", language="es", currency="EUR", zone="Europe/Madrid",
        owner=None, by=BY, now=NOW,
    )  # fmt: skip
    made = 0
    with business_scope(business.pk):
        while made < here:
            entries = clients(count=min(TOWN, here - made), seed=made, languages=("es",))
            for first in range(0, len(entries), BATCH):
                _insert(business, entries[first : first + BATCH])
            made += len(entries)
    _analyze()
    return {"cards": made}


def compare() -> dict[str, Any]:
    """Seconds, processor seconds and megabytes: first with no keys at all, then once more with all of them."""
    business = Business.objects.get(slug="here")
    with business_scope(business.pk):
        return {
            "from nothing": _timed(lambda: compare_business(business=business, now=NOW)),
            "analyzed": _analyze(),
            "from keys": _timed(
                lambda: compare_business(business=business, now=NOW + timedelta(days=1))
            ),
            "keys": ClientKey.objects.count(),
            "cards": Client.objects.count(),
            "suggestions": Suggestion.objects.count(),
        }


def ask(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each look-up of what a card says, as if it were typed once more; and of each change of a card."""
    business = Business.objects.get(slug="here")
    draw = random.Random(3)
    with business_scope(business.pk):
        everybody = list(Client.objects.values_list("pk", flat=True))
        chosen = draw.sample(everybody, min(rounds, len(everybody)))
        typed = [facts for _, facts in match_facts(ids=chosen)]
        for facts in typed[:20]:
            candidates(business=business, facts=facts, now=NOW)
        looks = [
            _ms(lambda f=facts: candidates(business=business, facts=f, now=NOW)) for facts in typed
        ]
        cards = Client.objects.in_bulk(chosen)
        changes = []
        for card in cards.values():
            with transaction.atomic():
                card.birthday = date(1980, 5, draw.randint(1, 28))
                card.save(update_fields=["birthday"])
                changes.append(_ms(lambda c=card: refresh_keys(clients=[c])))
    return {"looks": looks, "changes": changes}


def _timed(act: Callable[[], object]) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    done = act()
    return {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "done": str(done),
    }


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def _analyze() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True


def _insert(business: Business, entries: list[Entry]) -> None:
    cards, contacts = [], []
    for entry in entries:
        said = entry.facts
        name = f"{said.first_name} {said.last_name}".strip() or "?"
        reached = list(_contacts(entry))
        card = Client(
            id=uuid7(),
            business=business,
            record_name=name[:200],
            search_text=card_text(name=name, values=(value for _, value in reached)),
            birthday=_day(said.birthday),
            language=said.language,
            created_at=NOW,
        )
        cards.append(card)
        contacts += [
            Identifier(
                business=business,
                client=card,
                kind=kind,
                value=value,
                written=value,
                created_at=NOW,
            )
            for kind, value in dict.fromkeys(reached)
        ]
    with transaction.atomic():
        Client.objects.bulk_create(cards)
        Identifier.objects.bulk_create(contacts)


def _contacts(entry: Entry) -> Iterator[tuple[str, str]]:
    for text in entry.facts.emails:
        try:
            yield IdentifierKind.EMAIL, parse_email(text)
        except Refusal:
            continue
    for text in entry.facts.phones:
        try:
            yield IdentifierKind.PHONE, parse_phone(text, country=entry.country).e164
        except Refusal:
            continue


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


if __name__ == "__main__":
    verb, *numbers = sys.argv[1:]
    print(json.dumps({"fill": fill, "compare": compare, "ask": ask}[verb](*map(int, numbers))))
