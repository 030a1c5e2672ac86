"""What has been chosen of a booking so far, as it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from clientela.business.models import Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.search_clients import search_clients
from clientela.web.design import times
from clientela.web.desk.choices import professionals_of, services_for
from clientela.web.desk.picking import Picked, picked, reading_of
from clientela.web.desk.staff import Desk
from clientela.web.picker.asked import Asked
from clientela.web.picker.search import Wanted

One = TypeVar("One", Service, Professional, Location)
FOUND, NEWEST = 8, 4
LONGEST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """The choices, and what can be chosen from. Without a service or a location there is no `picked`."""

    asked: Asked
    client: Client | None
    text: str
    found: list[Client]
    services: list[Service]
    service: Service | None
    people: list[Professional]
    professional: Professional | None
    location: Location | None
    picked: Picked | None

    @property
    def is_bound_elsewhere(self) -> bool:
        """Whether the client is assigned to another professional than the one this would be with."""
        bound = self.client.bound_to_id if self.client else None
        return bound is not None and bound != (self.professional.pk if self.professional else None)

    def pairs(self, asked: Asked | None = None) -> list[tuple[str, str]]:
        """As names and values of an address; a clock reading that is not a start yet stays one."""
        one = asked or self.asked
        given = one.pairs()
        if one.start is None and one.minute is not None:
            given.append(("at", times.clock_of_minute(one.minute)))
        if self.client:
            given.append(("client", str(self.client.pk)))
        return given

    def query(self, **changes: object) -> str:
        """The address' arguments with some choices changed; the time that was asked for is kept."""
        return urlencode(self.pairs(replace(self.asked, **changes)))  # type: ignore[arg-type]  # the fields' own types


def wish_of(given: Mapping[str, str], *, desk: Desk) -> Wish:
    """Read the choices, and ask the calendar once it is known what for."""
    asked = replace(Asked.read(given), zone="")
    services = services_for(desk)
    service = _chosen(services, asked.service) or (services[0] if len(services) == 1 else None)
    people = professionals_of(service, desk) if service else []
    card = _client(given.get("client", ""), desk)
    professional = _professional(people, asked, card)
    location = _chosen(desk.locations, asked.location) or next(iter(desk.locations), None)
    text = given.get("q", "").strip()[:LONGEST]
    return Wish(
        asked=asked,
        client=card,
        text=text,
        found=found_clients(desk, text) if card is None else [],
        services=services,
        service=service,
        people=people,
        professional=professional,
        location=location,
        picked=_picked(desk, service, professional, location, asked),
    )


def _professional(
    people: Sequence[Professional], asked: Asked, card: Client | None
) -> Professional | None:
    """With whom: who was asked for, else the one the client is assigned to, else the only one there is."""
    named = _chosen(people, asked.professional)
    if named is None and card is not None:
        named = _chosen(people, card.bound_to_id)
    return named or (people[0] if len(people) == 1 else None)


def found_clients(desk: Desk, text: str) -> list[Client]:
    """The first cards that a text finds; without a text, those met last."""
    return search_clients(text=text, limit=FOUND if text else NEWEST, cards=desk.clients())


def _picked(
    desk: Desk,
    service: Service | None,
    professional: Professional | None,
    location: Location | None,
    asked: Asked,
) -> Picked | None:
    if service is None or location is None or not (desk.sees_all or professional):
        return None
    wanted = Wanted(
        business=desk.business,
        service=service,
        location=location,
        professional=professional,
        reading=reading_of(desk, location),
        now=desk.now,
        for_staff=True,
    )
    return picked(wanted, asked)


def _client(text: str, desk: Desk) -> Client | None:
    """The card that was chosen. A professional may book for a card that is new to them."""
    try:
        wanted = UUID(text[:64])
    except ValueError:
        return None
    rows = living_cards().filter(business=desk.business, pk=wanted)
    return rows.select_related("bound_to__resource").prefetch_related("identifiers").first()


def _chosen(rows: Sequence[One], pk: UUID | None) -> One | None:
    return next((row for row in rows if row.pk == pk), None)
