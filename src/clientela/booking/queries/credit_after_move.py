"""What moving an appointment would do to its credit, said before it is done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import day_of
from clientela.business.models import Location
from clientela.ledger.models import Redemption
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.rules.clock_time import local_date
from clientela.rules.redemption import Usable, Wanted, covers, plan_redemptions
from clientela.rules.redemption_state import RedemptionState


class CreditAfterMove(StrEnum):
    """What an appointment has at its new time."""

    KEEPS = "keeps"
    """The credit it has."""
    OTHER = "other"
    """A credit of another grant; the one it has, if any, goes back."""
    PENDING = "pending"
    """None: it is pending redemption, and the credit it has, if any, goes back."""
    NONE = "none"
    """None, and it needs none; the credit it has, if any, goes back."""


def credit_after_move(
    *, appointment: Appointment, starts_at: datetime, location: Location
) -> CreditAfterMove:
    """Return what the appointment has if it is moved to ``starts_at`` at ``location``.

    It keeps its credit on every day that the grant covers; else whatever else is valid there serves, else
    nothing. No query if the day stays, three at most. What the move does is decided by the same question.
    """
    state = RedemptionState(appointment.redemption)
    on = local_date(starts_at, location.zone)
    if state is RedemptionState.REDEEMED:
        if on == day_of(appointment):
            return CreditAfterMove.KEEPS
        grant = grant_behind(cause_of(appointment.pk))
        if grant and covers(grant, on=on, service_id=appointment.service_id):
            return CreditAfterMove.KEEPS
    elif state is not RedemptionState.PENDING:
        return CreditAfterMove.NONE
    wanted = Wanted(cause_of(appointment.pk), starts_at, on, appointment.service_id)
    if plan_redemptions(wanted=[wanted], usable=usable_grants(client_id=appointment.client_id)):
        return CreditAfterMove.OTHER
    needs = appointment.service.needs_credits
    return CreditAfterMove.PENDING if needs else CreditAfterMove.NONE


def grant_behind(cause: str) -> Usable | None:
    """Return the grant whose credit stands for a cause, without its free credits. Two queries."""
    standing = (
        Redemption.objects.filter(cause=cause, released_at__isnull=True)
        .select_related("grant")
        .first()
    )
    if standing is None:
        return None
    grant = standing.grant
    services: frozenset[UUID] = frozenset(grant.services.values_list("service_id", flat=True))
    return Usable(
        grant_id=grant.pk,
        free=(),
        applies_on=grant.applies_on,
        valid_until=grant.valid_until,
        services=services,
        granted_at=grant.granted_at,
    )
