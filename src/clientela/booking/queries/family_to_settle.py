"""Appointments of others of somebody's household that wait for a credit, or use a lent one, where this person may pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from clientela.booking.models import Appointment
from clientela.booking.queries.lent import lenders_of
from clientela.booking.queries.own_appointments import OPEN
from clientela.people.models import Client
from clientela.people.queries.hidden_rows import shown_only
from clientela.people.queries.households import lent_cards
from clientela.platform.tenancy import system_scope
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState

MOST: Final = 10
_TAKES_PLACE: Final = (Status.CONFIRMED.value, Status.ATTENDED.value)


@dataclass(frozen=True, slots=True)
class FamilyVisit:
    """An appointment of somebody else. ``may_see``: they let this person see what and when it is, too.

    ``lender`` is whose credit stands for it; none while it waits for one.
    """

    appointment: Appointment
    may_see: bool
    lender: Client | None = None


def family_to_settle(*, account_id: UUID, business_id: UUID, now: datetime) -> list[FamilyVisit]:
    """Return what waits for a credit at a business, oldest start first, and what is ahead with a lent one.

    Of those who let this person pay; the first ten of each. Four queries at most.
    """
    with system_scope("appointments of others who let this person pay"):
        rows = _open_to(account_id).filter(business_id=business_id).order_by("starts_at", "id")
        waiting = list(
            rows.filter(redemption=RedemptionState.PENDING.value, status__in=_TAKES_PLACE)[:MOST]
        )
        ahead = list(
            rows.filter(
                redemption=RedemptionState.REDEEMED.value, status__in=OPEN, starts_at__gt=now
            )[:MOST]
        )
        lenders = lenders_of(appointment_ids=[one.pk for one in ahead]) if ahead else {}
        settled = [*waiting, *(one for one in ahead if one.pk in lenders)]
        seen = _seen_by(account_id) if settled else frozenset()
    return [
        FamilyVisit(one, may_see=one.client_id in seen, lender=lenders.get(one.pk))
        for one in settled
    ]


def family_appointment(*, account_id: UUID, appointment_id: UUID) -> Appointment | None:
    """Return an appointment of somebody who lets this person pay at this moment, or ``None``; one query."""
    with system_scope("an appointment of somebody who lets this person pay"):
        return _open_to(account_id).filter(pk=appointment_id).first()


def _open_to(account_id: UUID) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(
        client__in=lent_cards(account_id=account_id, what="pay"), hidden_at__isnull=True
    )
    return shown_only(rows).select_related(
        "business", "location", "service", "professional__resource", "client__account", "session"
    )


def _seen_by(account_id: UUID) -> frozenset[UUID]:
    return frozenset(lent_cards(account_id=account_id, what="see").values_list("pk", flat=True))
