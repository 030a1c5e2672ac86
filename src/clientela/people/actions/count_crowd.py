"""Count what is common among a business's clients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from clientela.business.models import Business, Location, Professional
from clientela.people.match_hash import KEYED
from clientela.people.models import Client, Crowd as Counted
from clientela.people.queries.crowd_now import forget_crowd
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.match_cards import facts_of
from clientela.platform.tenancy import business_scope
from clientela.rules.client_match import ClientFacts, Crowd, CrowdCount, MatchCard, read_card

_WORDS, _BIRTHDAYS = 100_000, 2_000


def count_crowd(*, business: Business, now: datetime) -> Counted:
    """Count a business's names and birthdays, and let all its cards be held beside each other again.

    What a pair weighs depends on how common its names are here, so every card is due again (the worker does it bit by
    bit). Every living card is read once, in a stream: a million names take half a minute.
    """
    with business_scope(business.pk):
        count = CrowdCount()
        for card in _named(living_cards()):
            count.add(card)
        return keep_crowd(business=business, crowd=count.crowd(own=own_contacts(business)), now=now)


def keep_crowd(*, business: Business, crowd: Crowd, now: datetime) -> Counted:
    """Keep what was counted; every card of the business is due again. Names that one card only has are not kept."""
    birthdays = {value: cards for value, cards in crowd.contacts.items() if _is_day(value)}
    counts = {
        "given": _commonest(crowd.given, limit=_WORDS),
        "surnames": _commonest(crowd.surnames, limit=_WORDS),
        "birthdays": _commonest(birthdays, limit=_BIRTHDAYS),
        "own": sorted(crowd.own),
    }
    with transaction.atomic():
        row, _ = Counted.objects.update_or_create(
            business=business, defaults={"size": crowd.size, "counts": counts, "counted_at": now}
        )
        done = Client.objects.filter(business=business, compared_version__gt=KEYED)
        done.update(compared_version=KEYED)
    forget_crowd(business.pk)
    return row


def own_contacts(business: Business) -> frozenset[str]:
    """Return the business's own addresses and numbers as cards have them: on a card they are placeholders."""
    phones = Location.objects.filter(business=business).values_list("phone", flat=True)
    emails = Professional.objects.filter(business=business).values_list("email", flat=True)
    card = read_card(
        ClientFacts(
            emails=tuple(filter(None, [business.email, *emails])),
            phones=tuple(filter(None, [business.phone, *phones])),
        ),
        country="",
    )
    return frozenset({*card.emails, *card.phones})


def _named(cards: QuerySet[Client]) -> Iterator[MatchCard]:
    rows = cards.order_by("pk").values_list("record_name", "birthday")
    for name, birthday in rows.iterator(chunk_size=2_000):
        yield read_card(facts_of(name=name, birthday=birthday), country="")


def _commonest(counts: Mapping[str, int], *, limit: int) -> dict[str, int]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return dict(ordered[:limit])


def _is_day(contact: str) -> bool:
    return "@" not in contact and not contact.startswith("+")
