"""What a visit is worth to its professional, as known now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clientela.booking.models import Appointment, Attribution, Status
from clientela.payouts.models import CommissionRule
from clientela.rules.attribution import Newness
from clientela.rules.commission import Commission, commission_for, part_of, share_of


@dataclass(frozen=True, slots=True)
class Earned:
    """What is counted for one visit: of which amount, by which marker and rule, and what comes of it.

    The amount is the price that was agreed when it was booked, whichever way it was paid; what did not take place is
    worth nothing. ``rule`` is ``None`` where nothing was agreed.
    """

    on: date
    basis_minor: int
    newness: Newness
    marker: int
    share: int
    amount_minor: int
    rule: UUID | None


def commissions_of(*, business_id: UUID) -> list[Commission]:
    """Return the business's commission rules as plain values, in the order they were made. One query."""
    return [
        Commission(
            id=row.pk,
            number=row.number,
            service=row.service_id,
            professional=row.professional_id,
            valid_from=row.valid_from,
            new_share=row.new_share,
            returning_share=row.returning_share,
        )
        for row in CommissionRule.objects.filter(business=business_id).order_by("number")
    ]


def day_of_visit(appointment: Appointment) -> date:
    """Return the day it takes place, by the clock it was promised on."""
    return date.fromisoformat(appointment.promised_local[:10])


def earned_of(
    *,
    appointment: Appointment,
    professional_id: UUID,
    marker: Attribution | None,
    rules: Sequence[Commission],
) -> Earned:
    """Return what the visit is worth to this professional now; to anybody else than who gave it, nothing.

    An appointment without a marker counts as a new client's: nobody was seen before.
    """
    on = day_of_visit(appointment)
    newness = Newness(marker.value) if marker else Newness.NEW
    rule = commission_for(
        rules, service=appointment.service_id, professional=professional_id, on=on
    )
    share = share_of(rule, newness) if rule else 0
    is_theirs = appointment.professional_id == professional_id
    basis = appointment.price_minor if is_theirs and appointment.status == Status.ATTENDED else 0
    return Earned(
        on=on,
        basis_minor=basis,
        newness=newness,
        marker=marker.number if marker else 0,
        share=share,
        amount_minor=part_of(basis, share),
        rule=rule.id if rule else None,
    )


def earned_by(
    *,
    appointments: Iterable[Appointment],
    markers: Mapping[UUID, Attribution],
    rules: Sequence[Commission],
) -> dict[UUID, Earned]:
    """Return the same of many, each for who gave it."""
    return {
        one.pk: earned_of(
            appointment=one,
            professional_id=one.professional_id,
            marker=markers.get(one.pk),
            rules=rules,
        )
        for one in appointments
    }
