"""Which appointments wait for a credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import pending_rows
from clientela.business.models import Business
from clientela.ledger.models import Redemption
from clientela.platform.models import AuditEvent
from clientela.rules.redemption_state import RedemptionState


@dataclass(frozen=True, slots=True)
class Unredeemed:
    """The oldest start first; ``past`` of them have begun. ``worth`` is what they cost one by one."""

    appointments: list[Appointment]
    past: int
    worth: int


def unredeemed(
    *, business: Business, now: datetime, known_at: datetime | None = None
) -> Unredeemed:
    """Return what is pending redemption. One query now; four as known then.

    As known then: what had been booked and not cancelled, used no credit at that instant, and waits for one
    now, or was redeemed, waived or cancelled only afterwards where its service needs credits.
    """
    if known_at is None:
        found = list(pending_rows().filter(business=business))
    else:
        found = _then(business, known_at)
    at = known_at or now
    return Unredeemed(
        appointments=found,
        past=sum(one.starts_at <= at for one in found),
        worth=sum(one.price_minor for one in found if one.currency == business.currency),
    )


def _then(business: Business, known_at: datetime) -> list[Appointment]:
    uses = Redemption.objects.filter(business=business)
    ended_later = Q(released_at__isnull=True) | Q(released_at__gt=known_at)
    standing = _appointments_of(uses.filter(ended_later, redeemed_at__lte=known_at))
    later = _appointments_of(uses.filter(redeemed_at__gt=known_at))
    waited = (
        Q(redemption=RedemptionState.PENDING)
        | Q(pk__in=later, service__needs_credits=True)
        | Q(pk__in=_waived_after(business, known_at))
        | Q(cancelled_at__gt=known_at, redemption=RedemptionState.NONE, service__needs_credits=True)
    )
    rows = (
        Appointment.objects.filter(waited, business=business, created_at__lte=known_at)
        .filter(Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=known_at))
        .exclude(pk__in=standing)
        .select_related("client", "service", "professional__resource", "location")
    )
    return list(rows.order_by("starts_at", "id"))


def _appointments_of(redemptions: QuerySet[Redemption]) -> set[UUID]:
    named = (appointment_id_of(cause) for cause in redemptions.values_list("cause", flat=True))
    return {one for one in named if one is not None}


def _waived_after(business: Business, known_at: datetime) -> set[UUID]:
    rows = AuditEvent.objects.filter(
        business_id=business.pk, action="redemption-waived", at__gt=known_at
    )
    return {UUID(one) for one in rows.values_list("subject_id", flat=True)}
