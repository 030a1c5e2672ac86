"""The coming appointments of those of the household who let the reader see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.booking.queries.family_appointments import family_appointments
from clientela.business.models import Business
from clientela.people.models import Client
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, badge_of
from clientela.web.visit.visit import place_of, title_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """Whose it is, when, what, with whom and where; the time is read where it takes place.

    ``url`` is its page, where it is a child's for whom the reader answers; else blank.
    """

    starts_at: datetime
    zone: str
    what: str
    where: str
    badge: Badge
    url: str


def seen_of_family(
    *, account_id: UUID, cards: Sequence[Client], at: Business | None, now: datetime
) -> dict[str, Any]:
    """Return it for the page, at the business it is narrowed to; no query for who is in no household, else one."""
    if not any(getattr(card, "has_family", False) for card in cards):
        return {"family": []}
    found = family_appointments(account_id=account_id, now=now)
    shown = [one for one in found if at is None or one.business_id == at.pk]
    several = at is None and len(cards) > 1
    return {"family": [_seen(one, several=several) for one in shown]}


def _seen(one: Appointment, *, several: bool) -> Seen:
    """What is shown of it; with its business's name where the reader is a client of more than one."""
    place = place_of(one)
    is_mine = getattr(one, "is_answered_for", False)
    return Seen(
        starts_at=one.starts_at,
        zone=one.location.zone,
        what=f"{one.client.record_name} · {title_of(one)}",
        where=f"{one.business.name} · {place}" if several else place,
        badge=badge_of(one.status, audience=Audience.CLIENT),
        url=reverse("client:appointment", args=[one.pk]) if is_mine else "",
    )
