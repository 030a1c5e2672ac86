"""What a sale would do: shown before it is saved, and kept by it (``actions/sell.py``)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import (
    day_of,
    waiting_for_credit,
    wanted_for,
)
from clientela.checkout.preview import Preview, PreviewLine
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.rules.redemption import Usable, plan_redemptions
from clientela.rules.redemption_state import RedemptionState

if TYPE_CHECKING:
    from clientela.checkout.offer import Offer
    from clientela.people.models import Client

__all__ = ["NEW_GRANT", "Preview", "PreviewLine", "preview_sale"]

NEW_GRANT: Final = UUID(int=(1 << 128) - 1)
"""Stands for the grant that the sale will make: higher than every id there is, for it comes last."""
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def preview_sale(
    *, client: Client, offer: Offer, applies_on: date, first: Appointment | None = None
) -> Preview:
    """Return what selling ``offer`` would do. ``applies_on`` is the application date, a local day of the business.

    All that waits of the client and all credits there are take part, by ``rules/redemption.py``: the appointment
    ``first`` before all others, also if its service needs no credit, then the oldest start. What is sold for
    ``first`` is good on its day, however far ahead. A fee redeems nothing. Nothing is written.
    """
    cause = cause_of(first.pk) if first is not None and offer.credits else ""
    waiting = {
        cause_of(one.pk): one for one in waiting_for_credit(client_id=client.pk, first=cause)
    }
    valid_until = _valid_until(offer, applies_on, first)
    plan = plan_redemptions(
        wanted=[wanted_for(one) for one in waiting.values()],
        usable=[*usable_grants(client_id=client.pk), *_new(offer, applies_on, valid_until)],
        first=cause,
    )
    lines = [
        PreviewLine(
            appointment=waiting.pop(one.cause),
            number=one.number,
            grant_is_new=one.grant_id == NEW_GRANT,
        )
        for one in plan
    ]
    return Preview(
        offer=offer,
        client_id=client.pk,
        applies_on=applies_on,
        valid_until=valid_until,
        redeems=lines,
        stays=[one for one in waiting.values() if one.redemption == RedemptionState.PENDING],
    )


def _valid_until(offer: Offer, applies_on: date, first: Appointment | None) -> date | None:
    """Return the last day: what is sold for one appointment is good on its day, however far ahead that is."""
    last = offer.valid_until(applies_on)
    return last if last is None or first is None else max(last, day_of(first))


def _new(offer: Offer, applies_on: date, valid_until: date | None) -> list[Usable]:
    """Return the grant that the sale will make: the latest of all. None of a fee."""
    if not offer.credits:
        return []
    return [
        Usable(
            grant_id=NEW_GRANT,
            free=tuple(range(1, offer.credits + 1)),
            applies_on=applies_on,
            valid_until=valid_until,
            services=frozenset(offer.services),
            granted_at=_LAST,
        )
    ]
