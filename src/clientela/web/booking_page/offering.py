"""What a business offers to the public, and what of it the visitor has chosen.

A choice that has one answer is made for the visitor: it is not a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from clientela.booking.queries.own_professional import own_professional, services_for
from clientela.business.models import BookingPolicy, Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.web.picker.asked import Asked


class _Keyed(Protocol):
    pk: UUID


_Thing = TypeVar("_Thing", bound=_Keyed)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offering:
    """What can be booked, and the choice so far; `unknown` holds the reason words of what was asked in vain.

    `bound_to` is the only professional whom a signed-in client may book here, where staff have decided so.
    """

    business: Business
    policy: BookingPolicy
    services: Sequence[Service]
    locations: Sequence[Location]
    professionals: Sequence[Professional]
    service: Service | None
    location: Location | None
    professional: Professional | None
    anyone: bool
    bound_to: Professional | None = None
    unknown: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything can be booked online at all."""
        return bool(
            self.business.is_open
            and self.policy.online_booking
            and self.service
            and self.location
            and self.professionals
        )


def offering(
    *, business: Business, policy: BookingPolicy, asked: Asked, client: Client | None = None
) -> Offering:
    """Read the business's offer and settle the choice. Three queries, however long the lists.

    The first service and the first location stand until others are chosen; "whoever is free first"
    stands for the professional. An id that is not offered is reported, never an error. A `client`
    bound to one professional is offered that one, and the services that one gives: two queries more.
    """
    services = services_for(business=business, client=client)
    locations = list(Location.objects.filter(business=business, is_active=True))
    service = _chosen(services, asked.service) or _first(services)
    everybody = givers(service) if service else []
    bound_to = own_professional(client=client)
    professionals = [one for one in everybody if bound_to in {None, one}]
    named = _chosen(professionals, asked.professional)
    only = professionals[0] if len(professionals) == 1 else None
    return Offering(
        business=business,
        policy=policy,
        services=services,
        locations=locations,
        professionals=professionals,
        service=service,
        location=_chosen(locations, asked.location) or _first(locations),
        professional=named or only,
        anyone=named is None and only is None,
        bound_to=bound_to,
        unknown=[
            word
            for word, wanted, found in (
                ("service-not-offered", asked.service, _chosen(services, asked.service)),
                (_why_nobody(bound_to), asked.professional, named),
            )
            if wanted and found is None
        ],
    )


def _why_nobody(bound_to: Professional | None) -> str:
    return "bound-to-professional" if bound_to else "professional-not-offered"


def policy_of(business: Business) -> BookingPolicy:
    """The business's policies; a business without a row has the defaults."""
    return BookingPolicy.objects.filter(business=business).first() or BookingPolicy(
        business=business
    )


def givers(service: Service) -> list[Professional]:
    """Who gives the service to clients who book online, in the owner's order. One query."""
    return list(
        Professional.objects.filter(
            business=service.business_id,
            is_online=True,
            resource__is_active=True,
            pk__in=service.offers.values("professional_id"),
        )
        .select_related("resource")
        .order_by("resource__position", "resource_id")
    )


def _chosen(things: Iterable[_Thing], key: UUID | None) -> _Thing | None:
    return next((thing for thing in things if thing.pk == key), None) if key else None


def _first(things: Sequence[_Thing]) -> _Thing | None:
    return things[0] if things else None
