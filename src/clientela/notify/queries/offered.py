"""Offers of the waiting list, as the appointments they would be: so that one hand decides and writes all messages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.booking.models import (
    Appointment,
    Channel,
    JoinedBy,
    Status,
    WaitingOffer,
    WaitState,
)
from clientela.booking.queries.waiting_starts import WITH, is_still_free
from clientela.notify.models import Message

_WITH: Final = (
    "professional__resource",
    "professional__account",
    *(f"entry__{one}" for one in WITH),
)


def offers(ids: Collection[UUID]) -> dict[UUID, WaitingOffer]:
    """Return these offers with all that a message about them needs; one query."""
    return WaitingOffer.objects.select_related(*_WITH).in_bulk(list(ids)) if ids else {}


def stand_in(offer: WaitingOffer) -> Appointment:
    """Return the appointment that an offer would become; it is in no diary and is never written.

    It is void for who does not wait any more. The offer comes as from ``offers``.
    """
    entry = offer.entry
    waits = entry.state == WaitState.WAITING
    return Appointment(
        id=offer.pk,
        business=entry.business,
        location=entry.location,
        service=entry.service,
        professional=offer.professional,
        client=entry.client,
        status=(Status.CONFIRMED if waits else Status.CANCELLED).value,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        promised_zone=entry.location.zone,
        zone=entry.zone,
        channel=Channel.STAFF if entry.joined_by == JoinedBy.STAFF else Channel.WEB,
        address_used=entry.address_used,
        language=entry.language,
        created_at=offer.created_at,
        changed_at=offer.created_at,
    )


def give_stand_ins(messages: Sequence[Message]) -> None:
    """Give messages about offers the appointment they speak of; others are left alone. One query, or none."""
    found = offers({one.offer_id for one in messages if one.offer_id is not None})
    for message in messages:
        if message.offer_id is not None:
            message.offer = found[message.offer_id]
            message.appointment = stand_in(message.offer)


def gone_offers(messages: Sequence[Message], *, now: datetime) -> set[UUID]:
    """Return the offers among those of these messages whose times somebody has taken; messages come with their offers."""
    told = {one.offer.pk: one.offer for one in messages if one.offer is not None}
    return {key for key, offer in told.items() if not is_still_free(offer=offer, now=now)}
