"""Give back credits that one client used of another's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from clientela.booking.actions.credit import without_credit
from clientela.booking.actions.move_to import set_redemption
from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.models import Redemption
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.rules.redemption_state import RedemptionState


def uncross_credits(*, client_ids: Collection[UUID], now: datetime) -> list[Appointment]:
    """Return to its grant every credit that stands for an appointment of another client, and return those.

    They were one person when it was used. Nothing is lost or made: the credit is free again where it was bought, and
    the appointment waits for one again, if it takes place. A forfeited credit goes back as well. The caller holds
    the credits of these clients.
    """
    standing = Redemption.objects.filter(grant__client__in=client_ids, released_at__isnull=True)
    owners = dict(standing.values_list("cause", "grant__client"))
    used = Appointment.objects.filter(
        client__in=client_ids,
        redemption__in=(RedemptionState.REDEEMED.value, RedemptionState.FORFEITED.value),
    ).select_related("service")
    crossed = [
        one
        for one in used.order_by("starts_at", "id")
        if owners.get(cause_of(one.pk), one.client_id) != one.client_id
    ]
    for one in crossed:
        release_credit(cause=cause_of(one.pk), now=now)
        waits = Status(one.status) in HOLDS_TIME
        set_redemption(one, new=without_credit(one.service) if waits else RedemptionState.RETURNED)
    return crossed
