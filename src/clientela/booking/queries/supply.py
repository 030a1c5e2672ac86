"""What a service takes, and who and what can give it: ids and plain values, before any time is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from clientela.business.models import Business, Location
from clientela.catalogue.models import Service
from clientela.platform.database import as_uuid, read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.booking_window import BookingWindow
from clientela.rules.slots import PROFESSIONAL, ServiceTime
from clientela.rules.unavailability import Terms

# Every booking and every calendar asks these, so they go past the ORM. The first part has the people, the
# second the rooms and machines with whether they can be used; both are in the owner's order.
_PEOPLE: Final = """
SELECT 0 AS part, 0 AS need_rank, offer.service_id AS need_id, '' AS kind,
       resource.position AS resource_rank, offer.professional_id AS resource_id, TRUE AS is_usable
  FROM catalogue_serviceprofessional AS offer
  JOIN business_professional AS professional ON professional.resource_id = offer.professional_id
  JOIN business_resource AS resource ON resource.id = offer.professional_id AND resource.is_active
 WHERE (%s OR offer.business_id = %s) AND offer.service_id = %s
   AND (%s OR professional.is_online)
   AND (%s OR offer.professional_id = %s) AND (%s OR offer.professional_id = %s)
"""
_THINGS: Final = """
SELECT 1 AS part, need.position AS need_rank, need.id AS need_id, need.name AS kind,
       resource.position AS resource_rank, choice.resource_id AS resource_id,
       resource.is_active AND (resource.location_id IS NULL OR resource.location_id = %s) AS is_usable
  FROM catalogue_serviceneed AS need
  LEFT JOIN catalogue_needoption AS choice ON choice.need_id = need.id
  LEFT JOIN business_resource AS resource ON resource.id = choice.resource_id
 WHERE (%s OR need.business_id = %s) AND need.service_id = %s
"""
_IN_ORDER: Final = " ORDER BY part, need_rank, need_id, resource_rank, resource_id"
_READ_ALL: Final = _PEOPLE + " UNION ALL " + _THINGS + _IN_ORDER
_READ_THINGS: Final = _THINGS + _IN_ORDER


@dataclass(frozen=True, slots=True)
class NeedIds:
    """One need: its kind (``professional`` or the business's own word) and its candidates, best first."""

    kind: str
    resource_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """Everything a service needs at a location at once; the professional is the first need."""

    needs: tuple[NeedIds, ...]

    @property
    def professional_ids(self) -> tuple[UUID, ...]:
        """Who could give the service, in the owner's order."""
        return self.needs[0].resource_ids

    @property
    def resource_ids(self) -> tuple[UUID, ...]:
        """Every candidate of every need, once."""
        return tuple(dict.fromkeys(one for need in self.needs for one in need.resource_ids))

    @property
    def has_one_choice(self) -> bool:
        """Whether each need has a single candidate, so that there is nothing to choose."""
        return all(len(need.resource_ids) == 1 for need in self.needs)

    def only(self, chosen: tuple[UUID, ...]) -> Supply:
        """Return the same needs with one decided candidate each."""
        return Supply(
            tuple(NeedIds(need.kind, (one,)) for need, one in zip(self.needs, chosen, strict=True))
        )


def supply_of(
    *,
    service: Service,
    location: Location,
    professional_id: UUID | None = None,
    bound_to: UUID | None = None,
    for_staff: bool = False,
) -> Supply:
    """Return the candidates of each need at a location: one query.

    A named professional who does not give the service (or not online, unless ``for_staff``) leaves
    the first need without candidates, and so does one other than ``bound_to``, the only one that
    the client may book. Rooms and machines count where they stand.
    """
    tenant = tenant_filter()
    named = [professional_id is None, professional_id, bound_to is None, bound_to]
    of_whom = [*tenant, service.pk, for_staff, *named]
    rows = read_rows(_READ_ALL, [*of_whom, location.pk, *tenant, service.pk])
    people = tuple(as_uuid(row[5]) for row in rows if row[0] == 0)
    return Supply((NeedIds(PROFESSIONAL, people), *_things(row for row in rows if row[0] == 1)))


def time_of(service: Service) -> ServiceTime:
    """Return what the service takes of the clock."""
    return ServiceTime(
        duration_minutes=service.duration_minutes,
        before_minutes=service.buffer_before_minutes,
        after_minutes=service.buffer_after_minutes,
    )


def terms_of(*, service: Service, location: Location, for_staff: bool) -> Terms:
    """Return the terms on which the service is booked; staff have no booking window."""
    window = BookingWindow(service.lead_minutes, service.horizon_days)
    return Terms(
        time=time_of(service),
        grid_minutes=service.grid_minutes,
        zone_name=location.zone,
        window=None if for_staff else window,
    )


def location_for(*, business: Business, location: Location | None) -> Location | None:
    """Return the location named if it is active, else the first active one in the owner's order."""
    if location is not None:
        return location if location.is_active else None
    return (
        Location.objects.filter(business=business, is_active=True)
        .order_by("position", "id")
        .first()
    )


def things_of(*, service: Service, location: Location) -> list[NeedIds]:
    """Return the rooms and machines the service needs, with those that stand at the location. One query."""
    return _things(read_rows(_READ_THINGS, [location.pk, *tenant_filter(), service.pk]))


def _things(rows: Iterable[tuple[Any, ...]]) -> list[NeedIds]:
    found: dict[object, tuple[str, list[UUID]]] = {}
    for _, _, need_id, name, _, resource_id, is_usable in rows:
        _, options = found.setdefault(need_id, (name, []))
        if is_usable:
            options.append(as_uuid(resource_id))
    return [NeedIds(name, tuple(options)) for name, options in found.values()]
