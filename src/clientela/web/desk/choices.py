"""What can be chosen at the desk: services, who gives them, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from clientela.business.models import Location, Professional
from clientela.catalogue.models import Service, ServiceProfessional
from clientela.catalogue.queries.offered_services import offered_services
from clientela.web.desk.staff import Desk


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """A professional to choose, or whoever is free."""

    name: str
    url: str
    words: str = ""
    hue: int | None = None
    icon: str = ""
    current: bool = False


def services_for(desk: Desk) -> list[Service]:
    """Every service that is not archived; to a professional, those they give."""
    services = offered_services(desk.business, for_staff=True)
    if desk.sees_all:
        return services
    own = set(
        ServiceProfessional.objects.filter(professional=desk.own).values_list(
            "service_id", flat=True
        )
    )
    return [service for service in services if service.pk in own]


def professionals_of(service: Service, desk: Desk) -> list[Professional]:
    """Who gives a service, in the owner's order; to a professional, only themselves."""
    rows = ServiceProfessional.objects.filter(
        service=service, professional__resource__is_active=True
    ).select_related("professional__resource")
    if not desk.sees_all:
        rows = rows.filter(professional=desk.own)
    return [
        row.professional
        for row in rows.order_by("professional__resource__position", "professional_id")
    ]


def faces(
    people: list[Professional], *, chosen: UUID | None, link: Callable[[UUID], str]
) -> list[Face]:
    """Each professional as a link; nothing where there is no choice."""
    if len(people) < 2:  # noqa: PLR2004 -- one person is not a choice
        return []
    return [
        Face(
            name=person.name,
            url=link(person.pk),
            words=person.title,
            hue=person.resource.hue,
            current=person.pk == chosen,
        )
        for person in people
    ]


def place_for(desk: Desk, wanted: Location) -> Location:
    """The location if it is still open, else the first that is."""
    if wanted in desk.locations or not desk.locations:
        return wanted
    return desk.locations[0]
