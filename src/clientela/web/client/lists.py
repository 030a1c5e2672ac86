"""Appointments as lines of a list: each read in its own zone, with the acts that are open for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.booking.queries.change_options import options_of
from clientela.booking.queries.own_appointments import OwnAppointments
from clientela.business.models import BookingPolicy, Business
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand, Link
from clientela.web.refusals import when
from clientela.web.visit.own_visit import own_door
from clientela.web.visit.visit import Visit, reading_of
from clientela.web.visitor import device_zone


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One appointment of the list."""

    visit: Visit

    @property
    def may_change(self) -> bool:
        """Whether the pencil is there: moving or cancelling is switched on, and its cut-off has not passed."""
        if self.visit.is_gone or self.visit.is_past:
            return False
        return self.visit.options.reschedule.allowed or self.visit.options.cancel.allowed

    @property
    def sheet(self) -> str:
        """The name of the sheet that the pencil opens."""
        return f"change-{self.visit.appointment.pk}"

    @property
    def when(self) -> str:
        """Its time with the zone, as part of a label."""
        return when(self.visit.appointment.starts_at, self.visit.reading.zone)

    @property
    def may_delete(self) -> bool:
        """Whether it can be taken off the list: it is over, or will not take place."""
        return self.visit.is_over


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The lines of one business; without a brand, of all of them."""

    lines: Sequence[Line]
    brand: Brand | None = None


def lines_of(
    request: DoorRequest,
    appointments: Iterable[Appointment],
    *,
    found: OwnAppointments,
    now: datetime,
) -> list[Line]:
    """Read appointments whose businesses' policies were found with them; no query."""
    device = device_zone(request)
    lines = []
    for one in appointments:
        policy = found.policies.get(one.business_id) or BookingPolicy()
        visit = Visit(
            appointment=one,
            door=own_door(request, one),
            policy=policy,
            reading=reading_of(one, policy=policy, device=device),
            options=found.options.get(one.pk)
            or options_of(appointment=one, policy=policy, now=now),
            now=now,
        )
        lines.append(Line(visit=visit))
    return lines


def grouped(lines: Sequence[Line], *, apart: bool) -> list[Group]:
    """The lines in their order; `apart`, those of one business together, the business of the first line first."""
    if not lines:
        return []
    if not apart:
        return [Group(lines=lines)]
    found: dict[Business, list[Line]] = {}
    for line in lines:
        found.setdefault(line.visit.appointment.business, []).append(line)
    return [Group(lines=own, brand=brand_of(business)) for business, own in found.items()]


def filter_links(businesses: Sequence[Business], at: Business | None) -> list[Link]:
    """All businesses, then each alone."""
    page = reverse("client:home")
    everything = Link(label=_("All"), url=page, current=at is None)
    return [
        everything,
        *(
            Link(label=one.name, url=f"{page}?{urlencode({'at': one.slug})}", current=one == at)
            for one in businesses
        ),
    ]
