"""Which policy marks bookings, and what another would have said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment, MarkerPolicyChoice
from clientela.booking.queries.visits import readings
from clientela.booking.queries.was_booked import WAS_BOOKED
from clientela.rules.attribution import MarkerPolicy, decide_marker

_MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class OtherReading:
    """How many of the last bookings were looked at, and how many would read otherwise by a policy."""

    policy: MarkerPolicy
    looked_at: int
    differ: int


def policy_in_force(*, business_id: UUID, now: datetime) -> MarkerPolicy:
    """Return the policy for what is booked now. One query."""
    chosen = (
        MarkerPolicyChoice.objects.filter(business=business_id, since__lte=now)
        .order_by("-since", "-id")
        .values_list("policy", flat=True)
        .first()
    )
    return MarkerPolicy(chosen or MarkerPolicy.ONE_PERSON)


def other_readings(*, business_id: UUID, since: datetime) -> list[OtherReading]:
    """Say for each policy how many bookings made from ``since`` on (the last 2,000 at most) it would mark otherwise.

    Otherwise than they are marked now; those that a person corrected are left out. Two queries.
    """
    booked = dict(
        Appointment.objects.filter(WAS_BOOKED, business=business_id, created_at__gte=since)
        .order_by("-created_at")
        .values_list("id", "client_id")[:_MOST]
    )
    counts = dict.fromkeys(MarkerPolicy, 0)
    looked_at = 0
    for one in readings(client_ids=set(booked.values())):
        if one.appointment_id not in booked or one.stands is None or one.stands.is_corrected:
            continue
        looked_at += 1
        for policy in MarkerPolicy:
            counts[policy] += decide_marker(one.facts, policy=policy).value != one.stands.value
    return [OtherReading(policy, looked_at, differ) for policy, differ in counts.items()]
