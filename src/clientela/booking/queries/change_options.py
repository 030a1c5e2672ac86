"""What may be done with an appointment now, why not, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientela.booking.models import Appointment
from clientela.business.models import BookingPolicy
from clientela.platform.actor import Actor, ActorKind
from clientela.rules.cancellation import decide_cancellation, free_until
from clientela.rules.change_policy import ChangedBy, ChangeDecision, ChangePolicy
from clientela.rules.credit_outcome import CreditOutcome, CreditPolicy, credit_on_cancel
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.rescheduling import decide_rescheduling


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """The two decisions, each with its reason word and the last moment (``closes_at``) for clients."""

    reschedule: ChangeDecision
    cancel: ChangeDecision
    may_confirm: bool
    """Whether "I am coming" can be said: confirmed, still ahead, and not said yet."""
    free_until: datetime | None
    """Until when a client who cancels keeps the credit; ``None``: they may not cancel at all."""
    cancel_credit: CreditOutcome | None
    """What cancelling now does to the credit it uses; ``None``: it uses none, or cannot be cancelled."""
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
    credit = credit_policy(appointment, policy=policy)
    who = changed_by(by)
    status, starts_at = Status(appointment.status), appointment.starts_at
    may_cancel = decide_cancellation(
        policy=cancel, status=status, starts_at=starts_at, now=now, by=who
    )
    uses_credit = appointment.redemption == RedemptionState.REDEEMED
    return ChangeOptions(
        reschedule=decide_rescheduling(
            policy=reschedule, status=status, starts_at=starts_at, now=now, by=who
        ),
        cancel=may_cancel,
        may_confirm=(
            status is Status.CONFIRMED
            and now < starts_at
            and appointment.client_confirmed_at is None
        ),
        free_until=free_until(policy=cancel, credit=credit, starts_at=starts_at),
        cancel_credit=(
            credit_on_cancel(policy=credit, starts_at=starts_at, now=now, by=who)
            if uses_credit and may_cancel.allowed
            else None
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


def credit_policy(appointment: Appointment, *, policy: BookingPolicy | None) -> CreditPolicy:
    """Return the policy for the credit of an appointment that does not take place; a service's cut-off goes first."""
    policy = policy or BookingPolicy()
    own = appointment.service.cancel_free_minutes
    return CreditPolicy(
        free_minutes=policy.cancel_free_minutes if own is None else own,
        no_show_forfeits=policy.no_show_forfeits,
    )


def contact_of(appointment: Appointment) -> str:
    """Return how the business is reached by someone whose change is refused."""
    business = appointment.business
    return appointment.location.phone or business.phone or business.email
