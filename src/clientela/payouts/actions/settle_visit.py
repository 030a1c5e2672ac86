"""Correct what was settled of a visit, when it turns out to be worth something else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum

from clientela.booking.models import Appointment
from clientela.booking.queries.explain_marker import markers_of
from clientela.business.models import Professional
from clientela.payouts.actions.close_statement import payout_keys
from clientela.payouts.models import Adjustment, Statement, StatementLine
from clientela.payouts.queries.earned import commissions_of, day_of_visit, earned_of
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock


def settle_visit(*, appointment_id: UUID, cause: str, now: datetime) -> list[Adjustment]:
    """Adjust what closed statements say of a visit to what it is worth now; nothing, if they say so already.

    One adjustment for each professional it was counted for, of exactly the difference, whatever happened in between:
    what is compared is what stands. The same ``cause`` adjusts once. What no statement has settled needs none: it is
    read anew when its period is closed. Returns what was added.
    """
    appointment = Appointment.objects.filter(pk=appointment_id).first()
    if appointment is None:
        return []
    with transaction.atomic():
        made = [
            _adjust(appointment, professional, cause=cause, now=now)
            for professional in _counted_for(appointment)
        ]
    return [one for one in made if one is not None]


def _counted_for(appointment: Appointment) -> list[Professional]:
    """Return for whom a statement has, or should have, counted the visit; in one order for all who lock."""
    counted = StatementLine.objects.filter(appointment=appointment).values("professional")
    adjusted = Adjustment.objects.filter(appointment=appointment).values("professional")
    own = Statement.objects.filter(
        professional=appointment.professional_id, currency=appointment.currency
    ).values("professional")
    wanted = Q(pk__in=counted) | Q(pk__in=adjusted) | Q(pk__in=own)
    return list(Professional.objects.filter(wanted).order_by("pk"))


def _adjust(
    appointment: Appointment, professional: Professional, *, cause: str, now: datetime
) -> Adjustment | None:
    """Compare under the lock, and add the difference."""
    lock(keys=payout_keys(professional))
    current = Appointment.objects.get(pk=appointment.pk)
    own = {"appointment": current, "professional": professional}
    line = StatementLine.objects.filter(adjustment__isnull=True, **own).first()
    made = Adjustment.objects.filter(**own)
    corrected = _statement_of(current, professional, line, made.order_by("made_at").first())
    if corrected is None or made.filter(cause=cause).exists():
        return None
    was = (line.amount_minor if line else 0) + (made.aggregate(all=Sum("amount_minor"))["all"] or 0)
    earned = earned_of(
        appointment=current,
        professional_id=professional.pk,
        marker=markers_of(appointment_ids=[current.pk]).get(current.pk),
        rules=commissions_of(business_id=current.business_id),
    )
    if earned.amount_minor == was:
        return None
    row = Adjustment.objects.create(
        business_id=current.business_id,
        of_statement=corrected,
        cause=cause,
        newness=earned.newness.value,
        share=earned.share,
        basis_minor=earned.basis_minor,
        was_minor=was,
        is_minor=earned.amount_minor,
        amount_minor=earned.amount_minor - was,
        made_at=now,
        **own,
    )
    note(
        action="payout-adjusted",
        subject=row,
        by=Actor.system("payouts"),
        now=now,
        details={"appointment": str(current.pk), "cause": cause, "minor": row.amount_minor},
    )
    return row


def _statement_of(
    appointment: Appointment,
    professional: Professional,
    line: StatementLine | None,
    first: Adjustment | None,
) -> Statement | None:
    """Return the closed statement that counted the visit, or that settled its day; ``None``: it is open yet."""
    if line is not None:
        return line.statement
    if first is not None:
        return first.of_statement
    return Statement.objects.filter(
        professional=professional,
        currency=appointment.currency,
        first_on__lte=day_of_visit(appointment),
        last_on__gte=day_of_visit(appointment),
    ).first()
