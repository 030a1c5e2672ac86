"""What racers do to a waiting list: let people wait for a time that is given up, tell them, and count who was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.booking.waiting import wish_for
from tests.factories import GUEST, NOW

from clientela.booking.actions.join_waiting_list import join_waiting_list
from clientela.booking.actions.offer_freed_time import offer_freed_time
from clientela.booking.actions.tell_waiting import tell_waiting
from clientela.booking.guest import Guest
from clientela.business.models import Business
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import system_scope
from clientela.rules.interval import Interval

LATER = NOW + timedelta(hours=12)


def wait(
    wish: dict[str, Any], business: Business, services: dict[str, Any], _people: object
) -> dict[str, Any]:
    """Let so many wait, and one time become free that suits them all."""
    service = services[wish["service"]]
    start = datetime.fromisoformat(wish["starts_at"])
    days = {"first_day": start.date(), "last_day": start.date()}
    for number in range(wish["count"]):
        join_waiting_list(
            wish=wish_for(service, **days),
            client=Guest(f"Wait {number}", f"wait{number}@example.com"),
            by=GUEST,
            now=NOW,
        )
    freed = Interval(start, start + timedelta(minutes=service.duration_minutes))
    return {"offers": len(offer_freed_time(business_id=business.pk, freed=freed, now=NOW))}


def tell(*_: object) -> dict[str, Any]:
    """Be a worker: tell until nobody is left; and say of how many offers there are how many events by then."""
    told = 0
    with system_scope("a worker in a race"):
        while done := tell_waiting(now=LATER):
            told += done
        rows = OutboxEvent.objects.filter(name="booking.FreedTimeOffered")
        offers = [str(row.payload["offer_id"]) for row in rows]
    return {"told": told, "events": len(offers), "offers": len(set(offers))}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "wait-for": wait,
    "tell-waiting": tell,
}
