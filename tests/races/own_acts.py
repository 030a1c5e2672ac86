"""What racers do signed in: book for themselves and for somebody of their household, beside the desk and an erasure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests import factories
from tests.factories import NOW, SYSTEM
from tests.people.families import card_of, household_with
from tests.people.persons import person

from clientela.accounts.models import Account
from clientela.booking.actions.book import book_appointment
from clientela.booking.models import Channel
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.erase_card import erase_card
from clientela.people.models import Client
from clientela.platform.actor import Actor

WAITING = 12


def prepare(business: Business) -> dict[str, Any]:
    """Add two people who let each other book, and people whose cards wait for them until they book."""
    pair = [person(f"cleo{n}@example.org", f"Cleo {n}") for n in ("ana", "bea")]
    cards = [card_of(business, one) for one in pair]
    household_with(business, *cards, lets_book=True)
    waiting = []
    for n in range(WAITING):
        email, name = f"cleo-w{n}@example.org", f"Cleo W{n}"
        card = factories.make_client(business, name, email)
        waiting.append({"account": str(person(email, name).pk), "card": str(card.pk)})
    return {
        "pair": [
            {"account": str(one.pk), "card": str(card.pk)}
            for one, card in zip(pair, cards, strict=True)
        ],
        "waiting": waiting,
    }


def book_own(
    wish: dict[str, Any],
    business: Business,
    services: dict[str, Service],
    people: dict[str, Professional],
) -> dict[str, Any]:
    """Book signed in: on one's own card, or on a relative's (``for``)."""
    account = Account.objects.get(pk=wish["account"])
    booked = book_appointment(
        business=business,
        service=services[wish["service"]],
        starts_at=datetime.fromisoformat(wish["starts_at"]),
        client=None,
        account=account,
        relative=Client.objects.get(pk=wish["for"]) if "for" in wish else None,
        professional=people.get(wish.get("professional", "")),
        by=Actor.client(account.pk),
        channel=Channel.WEB,
        door="race",
        now=NOW,
    )
    return {
        "appointment": str(booked.appointment.pk),
        "card": str(booked.appointment.client_id),
    }


def erase(wish: dict[str, Any], *_: object) -> dict[str, Any]:
    """Forget the person of a card."""
    card = Client.objects.get(pk=wish["card"])
    erase_card(card=card, because="race", by=SYSTEM, now=NOW)
    return {"card": wish["card"]}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {"book-own": book_own, "erase": erase}
