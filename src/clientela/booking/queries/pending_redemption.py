"""Which appointments wait for a credit."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.models import Appointment
from clientela.people.queries.hidden_rows import shown_only
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.rules.redemption import Wanted
from clientela.rules.redemption_state import RedemptionState

_TAKES_PLACE: Final = [status.value for status in HOLDS_TIME - {Status.HELD}]


def pending_rows() -> QuerySet[Appointment]:
    """Return the scope's appointments that are pending redemption, oldest start first, ready to be shown.

    Past ones are among them: they wait until they are redeemed or waived.
    """
    return (
        Appointment.objects.filter(redemption=RedemptionState.PENDING.value)
        .select_related("client", "service", "professional__resource", "location")
        .order_by("starts_at", "id")
    )


def pending_redemption(
    *,
    client_id: UUID | None = None,
    professional_id: UUID | None = None,
    limit: int | None = None,
    as_client: bool = False,
) -> list[Appointment]:
    """Return what is pending redemption in the business, of one client, or with one professional. One query.

    ``as_client``: without what is hidden from the client's own log-in.
    """
    rows = shown_only(pending_rows()) if as_client else pending_rows()
    if client_id is not None:
        rows = rows.filter(client=client_id)
    if professional_id is not None:
        rows = rows.filter(professional=professional_id)
    return list(rows if limit is None else rows[:limit])


def waiting_for_credit(*, client_id: UUID, first: str = "") -> list[Appointment]:
    """Return the client's appointments that take part when credits are handed out, oldest start first.

    All that are pending, but what came with another card and is still hidden; and ``first``, the cause that a single
    session is sold for, also if its service needs no credit. One query, two with ``first``.
    """
    waiting = pending_redemption(client_id=client_id, as_client=True)
    named = appointment_id_of(first)
    if named is None or any(one.pk == named for one in waiting):
        return waiting
    sold_for = (
        Appointment.objects.filter(
            pk=named,
            client=client_id,
            redemption=RedemptionState.NONE.value,
            status__in=_TAKES_PLACE,
        )
        .select_related("client", "service", "professional__resource", "location")
        .first()
    )
    return sorted([*waiting, sold_for], key=_by_start) if sold_for else waiting


def wanted_of(*, client_id: UUID, first: str = "") -> list[Wanted]:
    """Return the same as the rule of redemption takes it."""
    return [wanted_for(one) for one in waiting_for_credit(client_id=client_id, first=first)]


def wanted_for(appointment: Appointment) -> Wanted:
    """Return one appointment as the rule of redemption takes it."""
    return Wanted(
        cause=cause_of(appointment.pk),
        starts_at=appointment.starts_at,
        on=day_of(appointment),
        service_id=appointment.service_id,
    )


def day_of(appointment: Appointment) -> date:
    """Return the local day that was promised: the one a credit must be valid on."""
    return date.fromisoformat(appointment.promised_local.partition("T")[0])


def _by_start(appointment: Appointment) -> tuple[object, object]:
    return appointment.starts_at, appointment.pk
