"""What waits for the staff, counted beside the places of the desk: requests, texts, what a sale or payment settles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.ledger.models import Sale
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import OUTSTANDING
from clientela.web.desk.staff import Desk


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each."""

    requests: int
    unredeemed: int
    unpaid: int
    unread: int

    @property
    def to_settle(self) -> int:
        """All that a sale or a payment settles."""
        return self.unredeemed + self.unpaid


def unredeemed_at(desk: Desk) -> QuerySet[Appointment]:
    """Return the appointments that wait for redemption, of those this person may reach, oldest first."""
    return (
        desk.appointments().filter(redemption=RedemptionState.PENDING).order_by("starts_at", "id")
    )


def unpaid_at(desk: Desk) -> QuerySet[Sale]:
    """Return the sales that wait for money, of those this person may reach, oldest first."""
    outstanding = [one.value for one in OUTSTANDING]
    return desk.sales().filter(state__in=outstanding).order_by("sold_on", "sold_at", "id")


def waiting_at(desk: Desk) -> Waiting:
    """Count them all. One query, each part from a narrow index."""
    requests = desk.appointments().filter(status=Status.REQUESTED, starts_at__gt=desk.now)
    unread = desk.conversations().filter(unread__gt=0)
    counted = (requests, unredeemed_at(desk), unpaid_at(desk), unread)
    counts = (_number(rows) for rows in counted)
    row = Business.objects.filter(pk=desk.business.pk).values_list(*counts).first()
    return Waiting(*(row or (0, 0, 0, 0)))


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("business").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
