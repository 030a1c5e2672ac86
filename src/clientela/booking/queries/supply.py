"""What a service takes, and who and what can give it: ids and plain values, before any time is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.business.models import Business, Location
from clientela.catalogue.models import Service, ServiceNeed, ServiceProfessional
from clientela.rules.booking_window import BookingWindow
from clientela.rules.slots import PROFESSIONAL, ServiceTime
from clientela.rules.unavailability import Terms


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
    for_staff: bool = False,
) -> Supply:
    """Return the candidates of each need at a location: two queries.

    A named professional who does not give the service (or not online, unless ``for_staff``) leaves
    the first need without candidates. Rooms and machines count where they stand.
    """
    offers = ServiceProfessional.objects.filter(
        service=service, professional__resource__is_active=True
    )
    if not for_staff:
        offers = offers.filter(professional__is_online=True)
    if professional_id is not None:
        offers = offers.filter(professional=professional_id)
    people = offers.order_by("professional__resource__position", "professional_id")
    ids = tuple(people.values_list("professional_id", flat=True))
    return Supply((NeedIds(PROFESSIONAL, ids), *things_of(service=service, location=location)))


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
    rows = (
        ServiceNeed.objects.filter(service=service)
        .order_by("position", "id", "options__resource__position", "options__resource_id")
        .values_list(
            "id",
            "name",
            "options__resource_id",
            "options__resource__is_active",
            "options__resource__location_id",
        )
    )
    found: dict[UUID, tuple[str, list[UUID]]] = {}
    for need_id, name, resource_id, is_active, stands_at in rows:
        _, options = found.setdefault(need_id, (name, []))
        if is_active and stands_at in (None, location.pk):
            options.append(resource_id)
    return [NeedIds(name, tuple(options)) for name, options in found.values()]
