"""Which credits of others of the household could stand for an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import wanted_for
from clientela.ledger.models import Grant
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client
from clientela.people.queries.credit_lenders import credit_lenders
from clientela.people.queries.hidden_rows import shown_only
from clientela.people.queries.households import lent_to, spoken_for
from clientela.platform.tenancy import system_scope
from clientela.rules.redemption import Planned, plan_redemptions
from clientela.rules.redemption_state import RedemptionState


@dataclass(frozen=True, slots=True)
class Lendable:
    """The credit that would be used of one card's: its grant by name, how many are free in it, and its last day."""

    card: Client
    grant_id: UUID
    name: str
    left: int
    valid_until: date | None


def lendable_credits(*, appointment: Appointment, account_id: UUID | None = None) -> list[Lendable]:
    """Return one for each card that lends a credit covering the appointment; nothing unless it is pending redemption.

    For ``account_id`` what that person may use for it (``may_settle``), without one what the desk may. Which credit
    it is decides ``rules/redemption.py``, as for its client's own. Of a lender a client is told no more than that there
    is one. Two queries for each lender, five besides.
    """
    waits = appointment.redemption == RedemptionState.PENDING
    if not waits or not may_settle(appointment=appointment, account_id=account_id):
        return []
    found = []
    with system_scope("the credits are of others, who lend them"):
        for card in credit_lenders(client_id=appointment.client_id, account_id=account_id):
            usable = usable_grants(client_id=card.pk)
            plan = plan_redemptions(wanted=[wanted_for(appointment)], usable=usable)
            grants = {one.grant_id: one for one in usable}
            found += [(card, grants[one.grant_id]) for one in plan]
        sold = Grant.objects.filter(pk__in=[grant.grant_id for _, grant in found])
        names = dict(sold.values_list("pk", "sale__name")) if found else {}
    return [
        Lendable(card, one.grant_id, names[one.grant_id], len(one.free), one.valid_until)
        for card, one in found
    ]


def may_settle(*, appointment: Appointment, account_id: UUID | None = None) -> bool:
    """Say whether this person may choose whose credit an appointment uses; ``None`` is the desk, which may.

    Its client may, whoever speaks for its child, and whom its card lets pay. Nobody may while a merge hides it.
    """
    with system_scope("the appointment may be of somebody who lets this person pay"):
        shown = shown_only(Appointment.objects.filter(pk=appointment.pk))
        if account_id is None:
            return shown.exists()
        client_id = appointment.client_id
        if shown.filter(client__account_id=account_id).exists():
            return True
        is_childs = spoken_for(account_id=account_id, client_id=client_id) is not None
        paid_for = lent_to(account_id=account_id, what="pay", business_id=appointment.business_id)
        may = is_childs or client_id in {card.pk for card in paid_for}
        return may and shown.exists()


def planned_loan(*, appointment: Appointment, lender: Client) -> Planned | None:
    """Return which credit of the lender's the rule takes for the appointment, or ``None``; at most two queries."""
    usable = usable_grants(client_id=lender.pk)
    plan = plan_redemptions(wanted=[wanted_for(appointment)], usable=usable)
    return plan[0] if plan else None
