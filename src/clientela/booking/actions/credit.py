"""What an appointment does with the credits of its client: the join of booking and ledger.

One rule: an appointment of a service uses a valid credit if its client has one. Whatever is done, afterwards no
appointment is pending that a credit of its client's could redeem. One that another lent (``lend_credit.py``) goes back
to whose it is, and may redeem what waits there. Everything here is under the locks of the client and of who lent
(``ledger/locks.py``), which come after those of the resources and of the appointment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.booking.actions.move_to import set_redemption
from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.change_options import credit_policy
from clientela.booking.queries.credit_after_move import CreditAfterMove
from clientela.booking.queries.pending_redemption import (
    day_of,
    waiting_for_credit,
    wanted_for,
)
from clientela.business.models import BookingPolicy
from clientela.catalogue.models import Service
from clientela.ledger.actions.forfeit_credit import forfeit_credit
from clientela.ledger.actions.redate_credit import redate_credit
from clientela.ledger.actions.redeem_credit import redeem_credit
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.actions.unforfeit_credit import unforfeit_credit
from clientela.ledger.errors import CreditGone
from clientela.ledger.locks import lock_credits
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.platform.failpoints import failpoint
from clientela.rules.credit_outcome import (
    CreditOutcome,
    CreditReason,
    CreditResult,
    credit_on_no_show,
)
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.rules.redemption import Planned, plan_redemptions
from clientela.rules.redemption_state import RedemptionState

STAFF_CANCELLED: Final = CreditOutcome(CreditResult.RETURNED, CreditReason.STAFF_CANCELLED)
_TRIES: Final = 5


def without_credit(service: Service) -> RedemptionState:
    """Return the state of an appointment of the service that no credit stands for."""
    return RedemptionState.PENDING if service.needs_credits else RedemptionState.NONE


def redeem_new(*, appointments: Sequence[Appointment], now: datetime) -> list[Appointment]:
    """Let appointments of one client that were just written use what the client has; the oldest start first.

    Returns those that got a credit; the others stay as they were written. What is only held gets none yet.
    """
    booked = [one for one in appointments if one.status != Status.HELD]
    if not booked:
        return []
    lock_credits(booked[0].client_id)
    return _redeem(booked, client_id=booked[0].client_id, now=now)


def redeem_pending(*, client_id: UUID, first: str = "", now: datetime) -> list[Appointment]:
    """Redeem what can be redeemed of the client's pending appointments, and return it in the order it was done.

    After every act that may have freed or granted a credit, in the same transaction. ``first`` is the cause that
    a single session was sold for: it goes before the others, and is redeemed even if its service needs no
    credit. ``queries.wanted_of`` with ``rules/redemption.py`` says the same beforehand.
    """
    lock_credits(client_id)
    waiting = waiting_for_credit(client_id=client_id, first=first)
    return _redeem(waiting, client_id=client_id, first=first, now=now) if waiting else []


def settle_credit(*, appointment: Appointment, outcome: CreditOutcome, now: datetime) -> bool:
    """Give back or forfeit the credit of an appointment that does not take place, and say whether it had one.

    Its status says already that it ended or was missed. What waited for a credit and ended waits no longer; a
    missed one waits on. A credit that goes back may at once redeem something else of whose it is.
    """
    lock_credits(appointment.client_id)
    if appointment.redemption == RedemptionState.REDEEMED:
        cause = cause_of(appointment.pk)
        if outcome.forfeits:
            forfeit_credit(cause=cause, now=now)
            set_redemption(appointment, new=RedemptionState.FORFEITED)
        else:
            returned = release_credit(cause=cause, now=now)
            set_redemption(appointment, new=RedemptionState.RETURNED)
            redeem_pending(client_id=returned.grant.client_id, now=now)
        return True
    if appointment.redemption == RedemptionState.PENDING and not _takes_place(appointment):
        set_redemption(appointment, new=RedemptionState.NONE)
    return False


def settle_missed(*, appointment: Appointment, now: datetime) -> CreditOutcome | None:
    """Settle the credit of an appointment that was missed by the business's policy; ``None``: it used none."""
    if appointment.redemption != RedemptionState.REDEEMED:
        return None
    policy = BookingPolicy.objects.filter(business=appointment.business_id).first()
    outcome = credit_on_no_show(policy=credit_policy(appointment, policy=policy))
    settle_credit(appointment=appointment, outcome=outcome, now=now)
    return outcome


def told_of_credit(outcome: CreditOutcome | None) -> dict[str, str]:
    """Return what the trail says of a credit: where it went and why, if there was one."""
    if outcome is None:
        return {}
    return {"credit": outcome.result.value, "credit_because": outcome.reason.value}


def restore_credit(*, appointment: Appointment, now: datetime) -> None:
    """Undo ``settle_credit`` for an appointment that took place after all.

    A forfeited credit counts as used again; for one that was given back another is used, if there is one.
    """
    lock_credits(appointment.client_id)
    if appointment.redemption == RedemptionState.FORFEITED:
        unforfeit_credit(cause=cause_of(appointment.pk), now=now)
        set_redemption(appointment, new=RedemptionState.REDEEMED)
    elif appointment.redemption == RedemptionState.RETURNED:
        set_redemption(appointment, new=without_credit(appointment.service))
        _redeem([appointment], client_id=appointment.client_id, now=now)


def carry_credit(
    *, moved: Appointment, was_on: date, after: CreditAfterMove, now: datetime
) -> None:
    """Let the credit follow an appointment that was just moved from the day ``was_on``.

    ``after`` is what ``credit_after_move`` said under the same locks.
    """
    cause = cause_of(moved.pk)
    if after is CreditAfterMove.KEEPS:
        if day_of(moved) != was_on:
            redate_credit(cause=cause, on=day_of(moved))
        return
    if moved.redemption == RedemptionState.REDEEMED:
        let_wait(moved, first=cause, now=now)
    elif after is CreditAfterMove.OTHER:
        _redeem([moved], client_id=moved.client_id, now=now)


def let_wait(appointment: Appointment, *, first: str = "", now: datetime) -> None:
    """Give the credit that stands for an appointment back to whose it is, and let the appointment wait again.

    Then both use what is their own: the appointment's client, for whom ``first`` is as in ``redeem_pending``, and who
    had lent it.
    """
    returned = release_credit(cause=cause_of(appointment.pk), now=now)
    set_redemption(appointment, new=without_credit(appointment.service))
    redeem_pending(client_id=appointment.client_id, first=first, now=now)
    appointment.refresh_from_db(fields=["redemption"])
    if returned.grant.client_id != appointment.client_id:
        redeem_pending(client_id=returned.grant.client_id, now=now)


def reopen_credits(*, causes: Iterable[str], now: datetime) -> list[Appointment]:
    """Let appointments whose credits a void sale took back wait again, and return those that do.

    Those that were cancelled, or whose service needs no credit, wait for nothing. What other credits there are
    redeem what they can at once, so that what is returned may be pending or redeemed again.
    """
    ids = [one for one in map(appointment_id_of, causes) if one is not None]
    reopened = []
    for one in (
        Appointment.objects.filter(pk__in=ids).select_related("service").order_by("starts_at", "id")
    ):
        takes_place = _takes_place(one)
        set_redemption(
            one, new=without_credit(one.service) if takes_place else RedemptionState.NONE
        )
        if takes_place:
            reopened.append(one)
    for client_id in {one.client_id for one in reopened}:
        redeem_pending(client_id=client_id, now=now)
    for one in reopened:
        one.refresh_from_db(fields=["redemption"])
    return reopened


def _redeem(
    waiting: Sequence[Appointment], *, client_id: UUID, first: str = "", now: datetime
) -> list[Appointment]:
    """Plan by the rule, write both sides. A credit that went meanwhile means that the plan is made anew.

    Under the lock none can go; the database refuses the second use of a credit even without it.
    """
    wanted = [wanted_for(one) for one in waiting]
    rows = {cause_of(one.pk): one for one in waiting}
    states = {cause: one.redemption for cause, one in rows.items()}
    for _ in range(_TRIES):
        plan = plan_redemptions(
            wanted=wanted, usable=usable_grants(client_id=client_id), first=first
        )
        failpoint("booking.redeem.planned")
        try:
            with transaction.atomic():
                for one in plan:
                    use_credit(planned=one, appointment=rows[one.cause], now=now)
        except CreditGone:
            for cause, state in states.items():
                rows[cause].redemption = state
            continue
        return [rows[one.cause] for one in plan]
    return []


def use_credit(
    *, planned: Planned, appointment: Appointment, lent: bool = False, now: datetime
) -> None:
    """Write both sides of one redemption; the caller holds the credits and refuses what it may not use."""
    redeem_credit(
        grant_id=planned.grant_id,
        number=planned.number,
        cause=planned.cause,
        on=day_of(appointment),
        lent=lent,
        now=now,
    )
    failpoint("booking.redeem.between")
    set_redemption(appointment, new=RedemptionState.REDEEMED)


def _takes_place(appointment: Appointment) -> bool:
    return Status(appointment.status) in HOLDS_TIME
