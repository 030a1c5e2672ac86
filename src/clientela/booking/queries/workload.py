"""How much each professional has to do in a week: the figures of a fair assignment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Max, Q, Sum

from clientela.booking.models import Appointment, Session
from clientela.rules.assignment import FreeProfessional, iso_week
from clientela.rules.lifecycle import HOLDS_TIME

_MEMORY: Final = timedelta(weeks=4)
_MINUTE: Final = timedelta(minutes=1)


def workloads(
    *,
    professional_ids: Collection[UUID],
    order: Sequence[UUID],
    at: datetime,
    zone_name: str,
) -> list[FreeProfessional]:
    """Return the figures of each professional for the local week of ``at``. Two queries.

    "Last assigned" looks at appointments of that week and the four before it, so that the question
    costs the same after ten years. ``order`` is the owner's order of everyone.
    """
    week = iso_week(at, zone_name)
    rows = (
        Appointment.objects.filter(
            professional__in=list(professional_ids),
            session__isnull=True,
            starts_at__gte=week.start - _MEMORY,
            starts_at__lt=week.end,
            status__in=[status.value for status in HOLDS_TIME],
        )
        .values_list("professional_id")
        .annotate(
            minutes=Sum(F("ends_at") - F("starts_at"), filter=Q(starts_at__gte=week.start)),
            assigned=Max("created_at", filter=Q(assigned_because__compared__isnull=False)),
        )
        .order_by()
    )
    figures = {one: (lasting or timedelta(), assigned) for one, lasting, assigned in rows}
    groups = dict(
        Session.objects.filter(
            professional__in=list(professional_ids),
            cancelled_at__isnull=True,
            starts_at__gte=week.start,
            starts_at__lt=week.end,
        )
        .values_list("professional_id")
        .annotate(minutes=Sum(F("ends_at") - F("starts_at")))
        .order_by()
    )
    found = []
    for one in professional_ids:
        lasting, assigned = figures.get(one, (timedelta(), None))
        found.append(
            FreeProfessional(
                professional_id=one,
                booked_minutes=(lasting + groups.get(one, timedelta())) // _MINUTE,
                last_assigned_at=assigned,
                position=order.index(one),
            )
        )
    return found
