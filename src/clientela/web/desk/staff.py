"""Who sits at the desk: the business, the role, whose appointments they reach, and the zone they read.

A professional reaches only what is their own; everybody else of the staff reaches the whole business.
Every view of the desk finds its objects through here, so that no page forgets the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from clientela.booking.models import Appointment, Session
from clientela.business.models import Business, Location, Membership, Professional, Role
from clientela.conversations.models import Conversation
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.resolve import resolve
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.policy.door_request import DoorRequest
from clientela.web.visitor import device_zone

SHOWN_WITH = ("business", "location", "service", "professional__resource", "client", "session")
LAST_RESORT = "UTC"  # the zone of a business that has no location yet


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One member of staff at the desk of one business, now.

    `zone` is the zone of the device in use (S4.14); without one, the first location's.
    """

    business: Business
    role: Role
    own: Professional | None
    locations: Sequence[Location]
    zone: str
    device: str
    actor: Actor
    now: datetime

    @property
    def sees_all(self) -> bool:
        """Whether everybody's appointments are shown."""
        return self.role is not Role.PROFESSIONAL

    @property
    def is_owner(self) -> bool:
        """Whether the settings are theirs to change."""
        return self.role is Role.OWNER

    @property
    def place_zone(self) -> str:
        """The zone of the first location."""
        return self.locations[0].zone if self.locations else LAST_RESORT

    @property
    def is_away(self) -> bool:
        """Whether the device reads another zone than some location of the business."""
        return any(place.zone != self.zone for place in self.locations)

    def appointments(self) -> QuerySet[Appointment]:
        """Return the appointments this person may reach, with what pages show of them."""
        rows = Appointment.objects.filter(business=self.business).select_related(*SHOWN_WITH)
        return rows if self.sees_all else rows.filter(professional=self.own)

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one of them; anything else does not exist."""
        found = self.appointments().filter(pk=appointment_id).first()
        if found is None:
            raise Http404
        return found

    def session(self, session_id: UUID) -> Session:
        """Return a session this person may reach."""
        rows = Session.objects.filter(business=self.business, pk=session_id)
        if not self.sees_all:
            rows = rows.filter(professional=self.own)
        found = (
            rows.select_related("business", "service", "location", "professional__resource")
            .annotate(seats_taken=Count("taken"))
            .first()
        )
        if found is None:
            raise Http404
        return found

    def sales(self) -> QuerySet[Sale]:
        """Return the sales this person may reach: a professional, those that are credited to them."""
        rows = Sale.objects.filter(business=self.business).select_related(
            "client", "professional__resource"
        )
        return rows if self.sees_all else rows.filter(professional=self.own)

    def sale(self, sale_id: UUID) -> Sale:
        """Return one of them; anything else does not exist."""
        found = self.sales().filter(pk=sale_id).first()
        if found is None:
            raise Http404
        return found

    def conversations(self) -> QuerySet[Conversation]:
        """Return the threads this person may reach: a professional, those of who has been booked with them."""
        rows = Conversation.objects.filter(business=self.business)
        if self.sees_all:
            return rows
        own = Appointment.objects.filter(client=OuterRef("client"), professional=self.own)
        return rows.filter(Exists(own))

    def conversation(self, conversation_id: UUID) -> Conversation:
        """Return one of them, with its card; anything else does not exist."""
        rows = self.conversations().select_related("client")
        found = rows.filter(pk=conversation_id).first()
        if found is None:
            raise Http404
        return found

    def clients(self) -> QuerySet[Client]:
        """Return the cards this person may reach: a professional, of those who have been booked with them."""
        cards = (
            living_cards()
            .filter(business=self.business)
            .select_related("account", "bound_to__resource")
        )
        if self.sees_all:
            return cards
        return cards.filter(Q(appointments__professional=self.own)).distinct()

    def client(self, client_id: UUID) -> Client:
        """Return one of them, or the one it became part of; anything else does not exist."""
        cards = self.clients().prefetch_related("identifiers")
        found = cards.filter(pk=client_id).first() or cards.filter(pk=resolve(client_id)).first()
        if found is None:
            raise Http404
        return found


def desk_of(request: DoorRequest) -> Desk:
    """Return the desk of a request that passed the gate. One query, for the locations."""
    business = request.business
    locations = list(Location.objects.filter(business=business, is_active=True))
    device = device_zone(request)
    membership = request.membership
    role = Role(membership.role)
    return Desk(
        business=business,
        role=role,
        own=_own(membership) if role is Role.PROFESSIONAL else None,
        locations=locations,
        zone=device or (locations[0].zone if locations else LAST_RESORT),
        device=device,
        actor=request.actor,
        now=clock.now(),
    )


def _own(membership: Membership) -> Professional | None:
    """Return whose appointments a professional's log-in shows."""
    if membership.professional_id is None:
        return None
    return Professional.objects.select_related("resource").get(pk=membership.professional_id)
