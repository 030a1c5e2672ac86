"""What is promised when a time is given: the wall clock, its zone, and the data it was read with."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.business.models import Location
from clientela.catalogue.models import Service
from clientela.rules.clock_time import tzdata_version, wall_text


def promise(*, starts_at: datetime, location: Location) -> dict[str, str]:
    """Return the columns of a promise: the location's wall clock at the start."""
    return {
        "promised_local": wall_text(starts_at, location.zone),
        "promised_zone": location.zone,
        "tzdata": tzdata_version(),
    }


def ends_of(*, service: Service, starts_at: datetime) -> datetime:
    """Return when the service is over."""
    return starts_at + timedelta(minutes=service.duration_minutes)


def occupied_stretch(*, service: Service, starts_at: datetime) -> tuple[datetime, datetime]:
    """Return what is taken of the resources, ``[start, end)``, buffers included."""
    return (
        starts_at - timedelta(minutes=service.buffer_before_minutes),
        ends_of(service=service, starts_at=starts_at)
        + timedelta(minutes=service.buffer_after_minutes),
    )
