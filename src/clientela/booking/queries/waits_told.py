"""What a client waits, or waited, for, in plain values, for them to take along."""

from __future__ import annotations

from clientela.booking.models import OfferState, WaitingEntry, WaitingOffer
from clientela.booking.queries.waiting_starts import WITH
from clientela.people.models import Client
from clientela.people.queries.hidden_rows import shown_only
from clientela.rules.clock_time import wall_text


def waits_told(*, card: Client) -> list[dict[str, object]]:
    """Return every entry of a card, oldest first, with the times its client was told of; two queries."""
    entries = shown_only(WaitingEntry.objects.filter(client=card)).select_related(*WITH)
    told: dict[object, list[WaitingOffer]] = {}
    offers = WaitingOffer.objects.filter(entry__client=card, state=OfferState.TOLD)
    for one in offers.order_by("settled_at", "id"):
        told.setdefault(one.entry_id, []).append(one)
    return [_plain(one, told.get(one.pk, [])) for one in entries.order_by("created_at", "id")]


def _plain(one: WaitingEntry, told: list[WaitingOffer]) -> dict[str, object]:
    return {
        "id": str(one.pk),
        "service": one.service.name,
        "location": one.location.name,
        "professional": one.professional.name if one.professional else None,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "from_minute": one.from_minute,
        "until_minute": one.until_minute,
        "state": one.state,
        "joined_by": one.joined_by,
        "joined_at": one.created_at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "told_of": [
            {
                "starts_local": wall_text(offer.starts_at, one.location.zone),
                "zone": one.location.zone,
                "told_at": offer.settled_at.isoformat() if offer.settled_at else None,
            }
            for offer in told
        ],
    }
