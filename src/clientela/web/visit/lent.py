"""Sessions within a household: whose could pay for an appointment, and whose does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from clientela.booking.models import Appointment
from clientela.booking.queries.lendable import lendable_credits
from clientela.people.queries.own_name import own_name
from clientela.web.visit.visit import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Lender:
    """Somebody who has a session for it and lets it be used; nothing else of what they have is told."""

    card_id: UUID
    name: str


def lenders_of(appointment: Appointment, *, account_id: UUID) -> Sequence[Lender]:
    """Return whose session this person may use for it now, one line for each."""
    found = lendable_credits(appointment=appointment, account_id=account_id)
    return [Lender(card_id=one.card.pk, name=own_name(one.card)) for one in found]


def lenders_for(request: HttpRequest, visit: Visit) -> Sequence[Lender]:
    """Return the same for its page while it is to be paid, to who is signed in; a link's holder is told of nobody."""
    if not (visit.door.list and visit.waits_for_payment and request.user.is_authenticated):
        return []
    return lenders_of(visit.appointment, account_id=request.user.pk)
