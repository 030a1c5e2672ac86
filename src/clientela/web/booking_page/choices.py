"""The choices as tiles: services, places and people, each a link that keeps the other choices."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from clientela.catalogue.models import Service
from clientela.web.booking_page.offering import Offering
from clientela.web.booking_page.person import Person
from clientela.web.design.figures import minutes, price
from clientela.web.picker.asked import Asked
from clientela.web.picker.links import Linker

SHOWN = 4  # more services than this fold away, so that the times stay near the top


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One tile; its words are in the reader's language."""

    title: str
    url: str
    detail: str = ""
    side: str = ""
    side_small: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """A professional to choose, or whoever is free first."""

    name: str
    url: str
    words: str = ""
    hue: int | None = None
    icon: str = ""
    current: bool = False


def service_tiles(offer: Offering, *, asked: Asked, link: Linker) -> tuple[list[Tile], list[Tile]]:
    """The services shown and those folded away; the chosen one is always shown."""
    tiles = [
        Tile(
            title=service.name,
            url=link(asked.with_(service=service.pk, professional=None, day=None)),
            detail=service_words(service),
            side=price(service.price_minor, offer.business.currency) if service.price_minor else "",
            side_small=minutes(service.duration_minutes),
            current=service == offer.service,
        )
        for service in offer.services
    ]
    if len(tiles) <= SHOWN + 1:
        return tiles, []
    shown = [tile for place, tile in enumerate(tiles) if place < SHOWN or tile.current]
    return shown, [tile for tile in tiles if tile not in shown]


def service_words(service: Service) -> str:
    """The description, and what is special: a group, online, on request."""
    marks = [service.description]
    if service.is_group:
        marks.append(
            ngettext("group of %(count)s", "group of up to %(count)s", service.capacity)
            % {"count": service.capacity}
        )
    if service.is_remote:
        marks.append(_("online"))
    if service.needs_approval:
        marks.append(_("on request"))
    return " · ".join(mark for mark in marks if mark)


def location_tiles(offer: Offering, *, asked: Asked, link: Linker) -> list[Tile]:
    """The places, where there is more than one."""
    if len(offer.locations) < 2:  # noqa: PLR2004 -- one place is not a choice
        return []
    return [
        Tile(
            title=location.name,
            url=link(asked.with_(location=location.pk, day=None)),
            detail=location.address,
            current=location == offer.location,
        )
        for location in offer.locations
    ]


def faces(offer: Offering, *, asked: Asked, link: Linker) -> list[Face]:
    """Whoever is free first, then everybody by name; nothing where one person gives the service."""
    if len(offer.professionals) < 2:  # noqa: PLR2004 -- one person is not a choice
        return []
    anyone = Face(
        name=_("Whoever is free first"),
        url=link(asked.with_(professional=None)),
        icon="users",
        current=offer.anyone,
    )
    named = [
        Face(
            name=professional.name,
            url=link(asked.with_(professional=professional.pk)),
            words=professional.title,
            hue=professional.resource.hue,
            current=professional == offer.professional,
        )
        for professional in offer.professionals
    ]
    return [anyone, *named]


def relatives(person: Person | None, *, asked: Asked, link: Linker) -> list[Face]:
    """Themselves first, then who of their household lets them book; nothing where nobody does."""
    if person is None or not person.relatives:
        return []
    me = Face(
        name=_("For me"),
        url=link(asked.with_(whom=None, professional=None)),
        words=person.name,
        icon="user",
        current=asked.whom is None,
    )
    others = [
        Face(
            name=one.record_name,
            url=link(asked.with_(whom=one.pk, professional=None)),
            current=asked.whom == one.pk,
        )
        for one in person.relatives
    ]
    return [me, *others]
