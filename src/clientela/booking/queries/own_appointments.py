"""What a signed-in person sees of their appointments: in every business, never what they deleted or did not pay for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.change_options import ChangeOptions, options_of
from clientela.booking.queries.was_booked import WAS_BOOKED
from clientela.business.models import BookingPolicy
from clientela.people.queries.hidden_rows import shown_only
from clientela.people.queries.households import answered_cards
from clientela.platform.tenancy import account_scope, system_scope

OPEN: Final = (Status.REQUESTED.value, Status.CONFIRMED.value)
"""The states of an appointment that may still take place."""
_PAST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class OwnAppointments:
    """A person's appointments: the soonest first of what is ahead, the newest first of what is over.

    Over is what has ended, and what was cancelled or declined, whenever it would have been. ``options`` says of
    each one ahead what its client may still do, by the policy of its business; ``policies`` holds those that have one.
    """

    upcoming: Sequence[Appointment]
    past: Sequence[Appointment]
    options: Mapping[UUID, ChangeOptions] = field(default_factory=dict)
    policies: Mapping[UUID, BookingPolicy] = field(default_factory=dict)


def own_appointments(*, account_id: UUID, now: datetime) -> OwnAppointments:
    """Return what the person sees of all their appointments; three queries, however many businesses.

    The past shows its newest 200.
    """
    with account_scope(account_id):
        ahead = Q(status__in=OPEN, ends_at__gt=now)
        upcoming = list(_own(account_id).filter(ahead).order_by("starts_at", "id"))
        past = list(_own(account_id).exclude(ahead).order_by("-starts_at", "-id")[:_PAST_SHOWN])
    policies = _policies([*upcoming, *past])
    options = {
        one.pk: options_of(appointment=one, policy=policies.get(one.business_id), now=now)
        for one in upcoming
    }
    return OwnAppointments(upcoming, past, options, policies)


def own_appointment(*, account_id: UUID, appointment_id: UUID) -> Appointment | None:
    """Return one of the person's appointments, or ``None``: also for somebody else's and for one they deleted.

    That of a child they answer for is theirs to look after as well. One query, two where it is not on their own card.
    """
    with account_scope(account_id):
        own = _own(account_id).filter(pk=appointment_id).first()
    if own is not None:
        return own
    with system_scope("a child's appointment does not stand on the card of whoever answers for it"):
        children = answered_cards(account_id=account_id)
        return _shown(Q(client__in=children)).filter(pk=appointment_id).first()


def _own(account_id: UUID) -> QuerySet[Appointment]:
    return _shown(Q(client__account_id=account_id))


def _shown(whose: Q) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(WAS_BOOKED, whose, hidden_at__isnull=True)
    return shown_only(rows).select_related(
        "business", "location", "service", "professional__resource", "client", "session"
    )


def _policies(appointments: Sequence[Appointment]) -> dict[UUID, BookingPolicy]:
    """Read the policies of all the businesses at once."""
    if not appointments:
        return {}
    businesses = {one.business_id for one in appointments}
    with system_scope("the policies of every business that the person has appointments with"):
        return {
            policy.business_id: policy
            for policy in BookingPolicy.objects.filter(business__in=businesses)
        }
