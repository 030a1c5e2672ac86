"""Which appointments wait for a credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

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
    """Return what is pending redemption. One query now; seven as known then.

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
    noted = AuditEvent.objects.filter(business_id=business.pk)
    later = noted.filter(at__gt=known_at)
    waited = (
        Q(redemption=RedemptionState.PENDING)
        | Q(pk__in=_causes(uses.filter(redeemed_at__gt=known_at)), service__needs_credits=True)
        | Q(pk__in=_subjects(later.filter(action="redemption-waived")))
        | Q(cancelled_at__gt=known_at, redemption=RedemptionState.NONE, service__needs_credits=True)
    )
    standing = uses.filter(Q(released_at__isnull=True) | Q(released_at__gt=known_at))
    # What was only held then, while its client paid, was booked or given back afterwards.
    held = later.filter(Q(details__from_hold=True) | Q(action="hold-ended"))
    did_not = (
        _causes(standing.filter(redeemed_at__lte=known_at)).keys()
        | _subjects(held).keys()
        | _waived_by(known_at, uses=uses, noted=noted)
    )
    rows = (
        Appointment.objects.filter(waited, business=business, created_at__lte=known_at)
        .filter(Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=known_at))
        .exclude(pk__in=did_not)
        .select_related("client", "service", "professional__resource", "location")
    )
    return list(rows.order_by("starts_at", "id"))


def _waived_by(
    known_at: datetime, *, uses: QuerySet[Redemption], noted: QuerySet[AuditEvent]
) -> set[UUID]:
    """What no credit was asked for at that instant: it was waived, and not redeemed since."""
    waived = _subjects(noted.filter(action="redemption-waived", at__lte=known_at))
    used = _causes(uses.filter(redeemed_at__lte=known_at))
    return {one for one, at in waived.items() if one not in used or used[one] < at}


def _causes(uses: QuerySet[Redemption]) -> dict[UUID, datetime]:
    """The appointments that these redemptions were for, with when the last was made."""
    rows = uses.values_list("cause").annotate(last=Max("redeemed_at"))
    named = ((appointment_id_of(cause), at) for cause, at in rows)
    return {one: at for one, at in named if one is not None}


def _subjects(noted: QuerySet[AuditEvent]) -> dict[UUID, datetime]:
    """The appointments to which these things were done, with when the last was."""
    rows = noted.values_list("subject_id").annotate(last=Max("at"))
    return {UUID(subject): at for subject, at in rows}
