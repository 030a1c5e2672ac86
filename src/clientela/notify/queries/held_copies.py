"""Businesses that came as a copy and send nothing about appointments until an owner switches that on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from clientela.booking.models import Appointment
from clientela.notify.models import MessagePolicy
from clientela.rules.lifecycle import Status

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from clientela.business.models import Business

HELD_COPY: Final = "held-copy"
"""Why such a message is not sent, as ``Message.because`` keeps it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldCopy:
    """Since when, and how many appointments ahead of how many clients would be spoken of."""

    since: datetime
    appointments: int
    clients: int


def appointments_ahead(*, now: datetime) -> QuerySet[Appointment]:
    """What clients are reminded of, in the scope of one business or of all."""
    return Appointment.objects.filter(starts_at__gt=now, status=Status.CONFIRMED.value)


def held_copy(*, business: Business, now: datetime) -> HeldCopy | None:
    """Return what is held at a business, or None; one query, three where it is."""
    policy = MessagePolicy.objects.filter(business=business, held_since__isnull=False).first()
    if policy is None or policy.held_since is None:
        return None
    ahead = appointments_ahead(now=now).filter(business=business)
    return HeldCopy(
        since=policy.held_since,
        appointments=ahead.count(),
        clients=ahead.values("client_id").distinct().count(),
    )


def held_copies() -> list[str]:
    """Return the addresses of all such businesses, the longest held first; in the system's scope."""
    rows = MessagePolicy.objects.filter(held_since__isnull=False).order_by("held_since", "id")
    return list(rows.values_list("business__slug", flat=True))
