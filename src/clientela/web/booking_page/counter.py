"""At the counter: the visitor's choices, settled against what is offered, and the calendar's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from clientela.booking.slot import Slot
from clientela.business.models import BookingPolicy, Business, ClientLogin
from clientela.checkout.queries.booking_terms import BookingTerms, booking_terms
from clientela.people.models import Client
from clientela.rules.clock_time import local_date
from clientela.web.booking_page.offering import Offering, offering
from clientela.web.booking_page.person import Person
from clientela.web.picker.asked import Asked
from clientela.web.picker.refused import Refused, refused
from clientela.web.picker.search import Search, Wanted, search
from clientela.web.visitor import Reading, reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Counter:
    """Where the visitor stands. `wanted`, `found` and `refused` are there while the offer is open.

    `lost` says that a form was sent and its time could not be had: the nearest ones then
    stand in the form, so that nothing typed is lost. `terms` are what the asked start costs and how
    it may be paid. `relative` is the card it is for, where the reader books for somebody else; `not_lent` says that
    they asked for somebody who does not let them.
    """

    business: Business
    offer: Offering
    asked: Asked
    now: datetime
    reading: Reading
    device: str
    person: Person | None = None
    wanted: Wanted | None = None
    found: Search | None = None
    refused: Refused = field(default_factory=Refused)
    terms: BookingTerms | None = None
    lost: bool = False
    relative: Client | None = None
    not_lent: bool = False

    @property
    def login(self) -> ClientLogin:
        """The business's *Client login*."""
        return ClientLogin(self.offer.policy.client_login)

    @property
    def must_sign_in(self) -> bool:
        """Whether the reader may look, but has to come in before booking."""
        return self.login is ClientLogin.REQUIRED and self.person is None

    @property
    def country(self) -> str:
        """Where a phone number without a prefix is from."""
        return next((place.country for place in self.offer.locations if place.country), "")

    @property
    def start(self) -> datetime | None:
        """The chosen start, as long as it is free."""
        chosen = self.found.chosen if self.found else None
        return chosen.starts_at if chosen else None

    def without_start(self, *, sentences: Sequence[str], nearest: Sequence[Slot]) -> Counter:
        """The same counter after the time was lost while the form was on its way."""
        asked = replace(self.asked, start=None, minute=None)
        assert self.wanted is not None  # noqa: S101 -- a form is only read at an open counter
        found = search(
            wanted=self.wanted, asked=replace(asked, day=self.found.on if self.found else None)
        )
        return replace(
            self,
            asked=asked,
            found=found,
            refused=Refused(sentences=sentences, nearest=nearest),
            lost=True,
        )


def counter(
    *,
    business: Business,
    policy: BookingPolicy,
    asked: Asked,
    person: Person | None = None,
    device: str,
    now: datetime,
) -> Counter:
    """Settle the choices and ask the calendar. The number of queries does not depend on the offer's size."""
    relative = person.relative(asked.whom) if person else None
    not_lent = person is not None and asked.whom is not None and relative is None
    client = relative or (person.card if person else None)
    offer = offering(business=business, policy=policy, asked=asked, client=client)
    read = reading(
        policy=policy,
        location_zone=offer.location.zone if offer.location else "UTC",
        chosen=asked.zone,
        profile=person.zone if person else "",
        device=device,
    )
    stand = Counter(
        business=business,
        offer=offer,
        asked=asked,
        now=now,
        reading=read,
        device=device,
        person=person,
        relative=relative,
        not_lent=not_lent,
    )
    if not offer.is_open or offer.service is None or offer.location is None:
        return stand
    wanted = Wanted(
        business=business,
        service=offer.service,
        location=offer.location,
        professional=offer.professional,
        reading=read,
        now=now,
        offered=tuple(
            giver.pk for giver in offer.professionals if offer.professional in {None, giver}
        ),
        client=client,
    )
    found = search(wanted=wanted, asked=asked)
    return replace(
        stand,
        asked=_settled(asked, offer, may_choose_zone=read.may_choose, relative=relative),
        wanted=wanted,
        found=found,
        refused=refused(wanted=wanted, found=found),
        terms=_terms(stand, wanted, start=asked.start),
    )


def _terms(stand: Counter, wanted: Wanted, *, start: datetime | None) -> BookingTerms | None:
    """What the asked start costs; nothing before one is chosen.

    Who books for a relative is told what a guest is: the relative's sessions are no business of theirs.
    """
    if start is None:
        return None
    return booking_terms(
        business=stand.business,
        service=wanted.service,
        client=None if stand.relative else wanted.client,
        is_signed_in=stand.person is not None and stand.relative is None,
        starts_at=start,
        on=local_date(start, wanted.location.zone),
        now=stand.now,
    )


def _settled(
    asked: Asked, offer: Offering, *, may_choose_zone: bool, relative: Client | None
) -> Asked:
    """The choices with what stands for those not made, so that no later change of the offer alters them."""
    return replace(
        asked,
        service=offer.service.pk if offer.service and len(offer.services) > 1 else None,
        location=offer.location.pk if offer.location and len(offer.locations) > 1 else None,
        professional=None
        if offer.anyone or offer.professional is None or len(offer.professionals) == 1
        else offer.professional.pk,
        zone=asked.zone if may_choose_zone else "",
        whom=relative.pk if relative else None,
    )
