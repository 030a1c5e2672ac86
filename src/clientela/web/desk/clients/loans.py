"""On a client's record: credits within the household, lent to others and used of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clientela.booking.models import Appointment
from clientela.booking.queries.lent import lenders_of, lent_by
from clientela.people.models import Client
from clientela.rules.redemption_state import USES_CREDIT, RedemptionState
from clientela.web.desk.clients.record import Record
from clientela.web.desk.sales.sale_shown import appointments_behind
from clientela.web.desk.staff import Desk

LINES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Loan:
    """A credit between two cards: whose the other one is, for which appointment, and how it stands."""

    other: Client
    one: Appointment | None
    is_back: bool = False
    is_lost: bool = False


def loans_of(desk: Desk, record: Record) -> dict[str, Any]:
    """Return both lists, the newest first; nothing for who reaches only their own clients. Three queries at most."""
    if not desk.sees_all:
        return {"lent": [], "borrowed": []}
    return {"lent": _lent(desk, record.card), "borrowed": _borrowed(record)}


def _lent(desk: Desk, card: Client) -> list[Loan]:
    uses = lent_by(client_id=card.pk)[:LINES]
    causes = [use.redemption.cause for use in uses]
    rows = appointments_behind(desk, causes) if uses else {}
    return [
        Loan(
            other=use.borrower,
            one=rows.get(use.redemption.cause),
            is_back=use.released_at is not None,
            is_lost=use.released_at is None and use.forfeited,
        )
        for use in uses
    ]


def _borrowed(record: Record) -> Sequence[Loan]:
    """Of the record's appointments, those that somebody else's credit stands for."""
    using = [one for one in record.rows if RedemptionState(one.redemption) in USES_CREDIT]
    lenders = lenders_of(appointment_ids=[one.pk for one in using]) if using else {}
    found = [one for one in using if one.pk in lenders][:LINES]
    return [
        Loan(
            other=lenders[one.pk],
            one=one,
            is_lost=one.redemption == RedemptionState.FORFEITED,
        )
        for one in found
    ]
