"""What checkout does when something ends that somebody is paying for, or has paid."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.events import AppointmentCancelled, RequestDeclined
from clientela.checkout.actions.end_pages import end_pages
from clientela.checkout.actions.return_paid_session import return_paid_session
from clientela.ledger.events import SaleEnded, SalePaid
from clientela.platform.outbox import on


@on(SaleEnded)
def end_pages_of_ended_sale(event: SaleEnded, *, now: datetime) -> None:
    """A void sale is not paid any more."""
    end_pages(sale_id=event.sale_id, because="sale-ended", now=now)


@on(SalePaid)
def end_pages_of_paid_sale(event: SalePaid, *, now: datetime) -> None:
    """A sale that was paid at the desk is not paid again."""
    end_pages(sale_id=event.sale_id, because="already-paid", now=now)


@on(AppointmentCancelled)
def end_pages_of_cancelled_appointment(event: AppointmentCancelled, *, now: datetime) -> None:
    """A cancelled appointment is not paid any more."""
    end_pages(appointment_id=event.appointment_id, because="cancelled", now=now)


@on(RequestDeclined)
def end_pages_of_declined_appointment(event: RequestDeclined, *, now: datetime) -> None:
    """A declined appointment is not paid any more."""
    end_pages(appointment_id=event.appointment_id, because="declined", now=now)


@on(AppointmentCancelled, RequestDeclined)
def return_what_was_paid(event: AppointmentCancelled | RequestDeclined, *, now: datetime) -> None:
    """A session that was paid online and cancelled in time gives its money back, if the business says so."""
    return_paid_session(appointment_id=event.appointment_id, now=now)
