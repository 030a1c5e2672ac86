"""What stands ready before a sale: the card, what can be sold to it, what waits, and how it may be paid."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from clientela.booking.models import Appointment
from clientela.business.models import Professional, SalesPolicy
from clientela.checkout.queries.online import online_account
from clientela.ledger.queries.business_day import business_day
from clientela.people.models import Client
from clientela.people.queries.contacts import notification_email
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState
from clientela.web.desk.sales.dates import OTHER, day_of
from clientela.web.desk.sales.offers import Tile, find, tiles_of
from clientela.web.desk.sales.sell_form import SaleForm, ways_of
from clientela.web.desk.staff import Desk
from clientela.web.desk.waiting import unredeemed_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Counter:
    """What stands ready before a sale: the card, what can be sold to it, what waits, and how it may be paid."""

    desk: Desk
    card: Client
    tiles: list[Tile]
    pending: list[Appointment]
    today: date
    email: str
    ways: list[str]


def counter_at(desk: Desk, card: Client) -> Counter:
    """Gather it."""
    email = notification_email(card)
    link = email is not None and online_account(desk.business) is not None
    policy = SalesPolicy.objects.filter(business=desk.business).first()
    return Counter(
        desk=desk,
        card=card,
        tiles=tiles_of(desk),
        pending=list(unredeemed_at(desk).filter(client=card)),
        today=business_day(business_id=desk.business.pk, now=desk.now),
        email=email.value if email else "",
        ways=ways_of(policy, link=link),
    )


def form_at(counter: Counter, data: Any, asked: Mapping[str, str]) -> SaleForm:  # noqa: ANN401 -- a request's data or none
    """Return the form: what was sent, or what a link asked for and what is likeliest."""
    desk = counter.desk
    people = Professional.objects.filter(
        business=desk.business, resource__is_active=True
    ).select_related("resource")
    if not desk.sees_all:
        people = people.filter(pk=desk.own.pk if desk.own else None)
    return SaleForm(
        data,
        initial=_asked(counter, asked),
        tiles=counter.tiles,
        ways=counter.ways,
        currency=desk.business.currency,
        today=counter.today,
        professionals=people,
    )


def _asked(counter: Counter, asked: Mapping[str, str]) -> dict[str, Any]:
    """What a link or a press asked for, and where it is silent what is likeliest."""
    given: dict[str, Any] = {name: asked[name] for name in SaleForm.base_fields if name in asked}
    if asked.get("show") == OTHER:
        given["applies"] = OTHER
    one = wanted_of(counter, asked.get("appointment", ""))
    if "what" not in given:
        given["what"] = _first_key(counter, asked, one)
    if "applies" not in given and one is not None:
        given["applies"] = min(counter.today, day_of(one)).isoformat()
    if "professional" not in given:
        own = counter.desk.own
        given["professional"] = str(own.pk if own else one.professional_id if one else "")
    given.setdefault("pay", counter.ways[0])
    given.setdefault("paid_on", counter.today)
    return given


def _first_key(counter: Counter, asked: Mapping[str, str], one: Appointment | None) -> str:
    """The tile that is chosen to begin with: the one asked for, else the first that covers what waits."""
    for kind in ("package", "service"):
        if kind in asked and find(counter.tiles, f"{kind}:{asked[kind]}"):
            return f"{kind}:{asked[kind]}"
    if one and one.redemption == RedemptionState.NONE:
        return f"service:{one.service_id}"  # it needs no credit: this one is paid for
    waiting = [one] if one else counter.pending[:1]
    for row in waiting:
        found = next((tile for tile in counter.tiles if row.service_id in tile.covers), None)
        if found:
            return found.key
    return counter.tiles[0].key if counter.tiles else ""


def wanted_of(counter: Counter, text: str) -> Appointment | None:
    """Return the appointment a session is sold for: one of this client that is not redeemed, also without a need.

    What was cancelled or missed is not sold for; nothing where the address names no such appointment.
    """
    found = next((one for one in counter.pending if str(one.pk) == text), None)
    if found is not None or not text:
        return found
    with suppress(ValidationError):
        return (
            counter.desk.appointments()
            .filter(pk=text, client=counter.card, redemption=RedemptionState.NONE)
            .filter(status__in=[Status.REQUESTED, Status.CONFIRMED, Status.ATTENDED])
            .first()
        )
    return None
