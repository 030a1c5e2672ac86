"""What racers do with one client's credits: book for the card, sell, void, join another card; and what is found after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from tests import factories
from tests.factories import NOW, STAFF, SYSTEM

from clientela.booking.actions import (
    credit,
    mark_appointments,
    move_to,
    reschedule,
    write_appointment,
)
from clientela.booking.actions.book import book_appointment
from clientela.booking.actions.credit import reopen_credits
from clientela.booking.actions.write_appointment import held_card
from clientela.booking.models import Channel
from clientela.booking.queries.pending_redemption import wanted_of
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.ledger.actions.close_sale import close_sale
from clientela.ledger.actions.redeem_credit import redeem_credit
from clientela.ledger.errors import CreditGone
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import Sale
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, Proof
from clientela.rules.redemption import plan_redemptions

collisions: list[str] = []
"""The causes that found their credit gone; each racer has its own list."""


def prepare(business: Business, people: list[Professional]) -> dict[str, Any]:
    """Add a service that needs credits, given by everybody, and cards of one person."""
    train = factories.make_service(
        business,
        "Train",
        professionals=tuple(people),
        needs_credits=True,
        lead_minutes=0,
        horizon_days=700,
        grid_minutes=5,
    )
    cards = [factories.make_client(business, f"Cleo {n}", f"cleo{n}@example.com") for n in range(4)]
    return {"train": str(train.pk), "cards": [str(card.pk) for card in cards]}


def watch() -> None:
    """Count the credits that were gone when they were to be used."""

    def counted(**given: Any) -> Any:
        try:
            return redeem_credit(**given)
        except CreditGone:
            collisions.append(given["cause"])
            raise

    credit.redeem_credit = counted


def forget_the_lock() -> None:
    """Let nobody wait for a client's credits, nor for the card: what a careless program would do."""
    write_appointment.held_card = lambda card: card
    credit.lock_credits = lambda *_: None
    for module in (mark_appointments, move_to, reschedule):
        module.lock_credits_of = lambda **_: None


def take_down_unique() -> None:
    """Take away what refuses the second use of a credit."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX redemption_credit_once")


def book_for_card(
    wish: dict[str, Any],
    business: Business,
    services: dict[str, Service],
    people: dict[str, Professional],
) -> dict[str, Any]:
    """Book for a card, as the desk."""
    met = len(collisions)
    booked = book_appointment(
        business=business,
        service=services[wish["service"]],
        starts_at=datetime.fromisoformat(wish["starts_at"]),
        client=Client.objects.get(pk=wish["card"]),
        professional=people.get(wish.get("professional", "")),
        by=STAFF,
        channel=Channel.STAFF,
        door="race",
        now=NOW,
    )
    return {
        "appointment": str(booked.appointment.pk),
        "redemption": booked.appointment.redemption,
        "collided": len(collisions) - met,
    }


def sell(
    wish: dict[str, Any], _: object, services: dict[str, Service], __: object
) -> dict[str, Any]:
    """Sell some credits to a card."""
    sale = factories.sell(
        Client.objects.get(pk=wish["card"]), services[wish["service"]], credits=wish["credits"]
    )
    return {"sale": str(sale.pk)}


def void(wish: dict[str, Any], *_: object) -> dict[str, Any]:
    """Void a sale and reopen what it had redeemed."""
    with transaction.atomic():
        sale = Sale.objects.get(pk=wish["sale"])
        card = held_card(sale.client)
        lock_credits(card.pk)
        causes = close_sale(sale=sale, because="race", by=STAFF, now=NOW)
        reopen_credits(causes=causes, now=NOW)
    return {"sale": wish["sale"]}


def join(wish: dict[str, Any], *_: object) -> dict[str, Any]:
    """Let one card take up another."""
    take_up_card(
        card=Client.objects.get(pk=wish["card"]),
        into=Client.objects.get(pk=wish["into"]),
        proof=Proof.LOG_IN,
        by=SYSTEM,
        now=NOW,
    )
    return {}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "book-for-card": book_for_card,
    "sell": sell,
    "void": void,
    "join": join,
}

_COUNTS = {
    "redeemed": "SELECT COUNT(*) FROM booking_appointment WHERE redemption = 'redeemed'",
    "pending": "SELECT COUNT(*) FROM booking_appointment WHERE redemption = 'pending'",
    "standing": "SELECT COUNT(*) FROM ledger_redemption WHERE released_at IS NULL",
    "doubled": (
        "SELECT COUNT(*) FROM (SELECT grant_id, number FROM ledger_redemption "
        "WHERE released_at IS NULL GROUP BY grant_id, number HAVING COUNT(*) > 1) AS twice"
    ),
    "unbalanced": (
        "SELECT COUNT(*) FROM (SELECT a.id FROM ledger_ledgeraccount a WHERE a.kind = 'open' AND "
        "(SELECT COALESCE(SUM(amount), 0) FROM ledger_movement WHERE to_account_id = a.id) < "
        "(SELECT COALESCE(SUM(amount), 0) FROM ledger_movement WHERE from_account_id = a.id)) AS below"
    ),
    "estranged": (
        "SELECT COUNT(*) FROM booking_appointment ap JOIN ledger_redemption r "
        "ON r.released_at IS NULL AND r.cause = 'appointment:' || {id} "
        "JOIN ledger_grant g ON g.id = r.grant_id WHERE g.client_id <> ap.client_id"
    ),
}


def check() -> dict[str, int]:
    """Count in plain SQL; and by the rule, how many wait that need not (``overlooked``)."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name, query in _COUNTS.items():
            cursor.execute(query.format(id=_as_text("ap.id")))
            found[name] = cursor.fetchone()[0]
    found["overlooked"] = sum(
        len(
            plan_redemptions(
                wanted=wanted_of(client_id=card.pk), usable=usable_grants(client_id=card.pk)
            )
        )
        for card in Client.objects.all()
    )
    return found


def _as_text(column: str) -> str:
    """Write an id as a cause does: SQLite keeps it without hyphens."""
    if connection.vendor == "postgresql":
        return f"{column}::text"
    pieces = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return " || '-' || ".join(f"substr({column}, {start}, {size})" for start, size in pieces)
