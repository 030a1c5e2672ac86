"""Why a marker says what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clientela.booking.models import Appointment, Attribution, ReclassifyRequest, ReclassifyState
from clientela.business.models import Role
from clientela.platform.actor import Actor, ActorKind
from clientela.rules.attribution import (
    Facts,
    Marker,
    MarkerPolicy,
    MarkerReason,
    Newness,
    decide_marker,
    read,
)
from clientela.rules.reclassification import Asker, Ground, Standing, grounds_for


@dataclass(frozen=True, slots=True)
class Explained:
    """A marker with everything behind it.

    ``decided`` is the marker decided anew from what is kept, by the version it was decided with; ``agrees`` that it
    says the same. ``earlier`` are the visits that decided, the first one first; ``rows`` all that was ever decided of
    it, in order.
    """

    row: Attribution
    facts: Facts
    decided: Marker
    earlier: list[Appointment]
    rows: list[Attribution]

    @property
    def agrees(self) -> bool:
        """Whether the kept facts give the kept marker."""
        return (self.decided.value, self.decided.reason) == (self.row.value, self.row.reason)

    @property
    def standing(self) -> Standing:
        """The marker as the rule of corrections reads it."""
        return Standing(Newness(self.row.value), MarkerReason(self.row.reason))


def explain_marker(appointment: Appointment) -> Explained | None:
    """Return the marker with its reason; ``None``: the appointment was never marked. Two queries."""
    rows = list(Attribution.objects.filter(appointment=appointment).order_by("number"))
    if not rows:
        return None
    row = rows[-1]
    decided = replayed(row)
    earlier = Appointment.objects.filter(pk__in=decided.evidence).select_related(
        "location", "service", "professional__resource"
    )
    return Explained(
        row=row,
        facts=read(row.facts),
        decided=decided,
        earlier=list(earlier.order_by("starts_at", "id")),
        rows=rows,
    )


def replayed(row: Attribution) -> Marker:
    """Decide a kept row again, from its facts alone, by its own policy and version."""
    return decide_marker(read(row.facts), policy=MarkerPolicy(row.policy), version=row.version)


def markers_of(*, appointment_ids: Iterable[UUID]) -> dict[UUID, Attribution]:
    """Return the marker that holds, by appointment. One query; what was never marked is left out."""
    rows = Attribution.objects.filter(appointment__in=list(appointment_ids)).order_by("number")
    return {row.appointment_id: row for row in rows}


def markers_known(*, appointment_ids: Iterable[UUID], at: datetime) -> Mapping[UUID, Attribution]:
    """Return the same as one would have said at that moment."""
    rows = Attribution.objects.filter(appointment__in=list(appointment_ids), at__lte=at).order_by(
        "number"
    )
    return {row.appointment_id: row for row in rows}


def asker_of(by: Actor) -> Asker:
    """Return as whom somebody corrects: owners, the support and the installation itself decide; all others ask."""
    if by.is_staff and by.role == Asker.SUPPORT:
        return Asker.SUPPORT
    is_owner = by.kind is ActorKind.SYSTEM or (by.is_staff and by.role == Role.OWNER)
    return Asker.OWNER if is_owner else Asker.STAFF


def open_grounds(*, explained: Explained, by: Actor) -> list[Ground]:
    """Return on which grounds this person may correct the marker, or ask for it."""
    return grounds_for(standing=explained.standing, asker=asker_of(by))


def waiting_requests(*, business_id: UUID) -> list[ReclassifyRequest]:
    """Return what waits for an owner, the oldest first, ready to be shown. One query."""
    return list(
        ReclassifyRequest.objects.filter(business=business_id, state=ReclassifyState.WAITING)
        .select_related("appointment__client", "appointment__service", "appointment__location")
        .order_by("asked_at", "id")
    )
