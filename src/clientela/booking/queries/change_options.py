"""What the holder of a link may do with an appointment now, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientela.booking.models import Appointment
from clientela.business.models import BookingPolicy
from clientela.platform.actor import Actor, ActorKind
from clientela.rules.cancellation import decide_cancellation
from clientela.rules.change_policy import ChangedBy, ChangeDecision, ChangePolicy
from clientela.rules.lifecycle import Status
from clientela.rules.rescheduling import decide_rescheduling


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """The two decisions, each with its reason word and the last moment (``closes_at``) for clients."""

    reschedule: ChangeDecision
    cancel: ChangeDecision
    may_confirm: bool
    """Whether "I am coming" can be said: confirmed, still ahead, and not said yet."""
    contact: str
    """Telephone of the location or the business, else its e-mail: for those who come too late."""


def change_options(
    *, appointment: Appointment, now: datetime, by: Actor | None = None
) -> ChangeOptions:
    """Return what ``by`` (default: a client) may do now. One query for the policy.

    A service's own cut-offs go before the business's; the switches are the business's.
    """
    policy = BookingPolicy.objects.filter(business=appointment.business_id).first()
    return options_of(appointment=appointment, policy=policy, now=now, by=by)


def options_of(
    *,
    appointment: Appointment,
    policy: BookingPolicy | None,
    now: datetime,
    by: Actor | None = None,
) -> ChangeOptions:
    """Return the same of a policy that has been read already; ``None`` has the defaults."""
    reschedule, cancel = change_policies(appointment, policy=policy)
    who = changed_by(by)
    status = Status(appointment.status)
    return ChangeOptions(
        reschedule=decide_rescheduling(
            policy=reschedule, status=status, starts_at=appointment.starts_at, now=now, by=who
        ),
        cancel=decide_cancellation(
            policy=cancel, status=status, starts_at=appointment.starts_at, now=now, by=who
        ),
        may_confirm=(
            status is Status.CONFIRMED
            and now < appointment.starts_at
            and appointment.client_confirmed_at is None
        ),
        contact=contact_of(appointment),
    )


def changed_by(by: Actor | None) -> ChangedBy:
    """Return on whose side an actor stands: programs with a token and our own jobs act for the business."""
    if by is None or by.kind in {ActorKind.GUEST, ActorKind.CLIENT}:
        return ChangedBy.CLIENT
    return ChangedBy.STAFF


def change_policies(
    appointment: Appointment, *, policy: BookingPolicy | None
) -> tuple[ChangePolicy, ChangePolicy]:
    """Return the policies for moving and for cancelling that hold for an appointment."""
    policy = policy or BookingPolicy()
    service = appointment.service
    move, cancel = service.reschedule_closes_minutes, service.cancel_closes_minutes
    return (
        ChangePolicy(
            allowed=policy.client_may_reschedule,
            closes_minutes=policy.reschedule_closes_minutes if move is None else move,
        ),
        ChangePolicy(
            allowed=policy.client_may_cancel,
            closes_minutes=policy.cancel_closes_minutes if cancel is None else cancel,
        ),
    )


def contact_of(appointment: Appointment) -> str:
    """Return how the business is reached by someone whose change is refused."""
    business = appointment.business
    return appointment.location.phone or business.phone or business.email
