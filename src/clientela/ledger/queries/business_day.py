"""The local day of a business."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from clientela.business.models import Location
from clientela.rules.clock_time import local_date


def business_day(*, business_id: UUID, now: datetime) -> date:
    """Return the day it is at the business: in the zone of its first location, by which its books are kept."""
    zone = (
        Location.objects.filter(business=business_id)
        .order_by("-is_active", "position", "id")
        .values_list("zone", flat=True)
        .first()
    )
    return local_date(now, zone or "UTC")
