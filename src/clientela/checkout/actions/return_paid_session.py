"""Give back the money of a session that was paid online and cancelled in time, where the business says money."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.queries.session_paid_online import session_paid_online
from clientela.ledger.models import Redemption, Sale
from clientela.platform.actor import Actor
from clientela.rules.redemption_state import RedemptionState

BY: Final = Actor.system("cancelled-in-time")
BECAUSE: Final = "cancelled-in-time"


def return_paid_session(*, appointment_id: UUID, now: datetime) -> Sale | None:
    """Void the sale of the one session that this appointment was, and return it; ``None`` if nothing is due.

    Only where the business gives money (``SalesPolicy.cancel_gives``), the credit came back (it was cancelled in
    time, or by the business), the session was paid online for this appointment, and nothing else of the client's
    uses the credit meanwhile. Doing it twice is doing it once.
    """
    appointment = Appointment.objects.filter(
        pk=appointment_id, redemption=RedemptionState.RETURNED
    ).first()
    sale = session_paid_online(appointment=appointment) if appointment else None
    if sale is None or Redemption.objects.filter(grant__sale=sale, released_at=None).exists():
        return None
    return void_sale(sale=sale, because=BECAUSE, by=BY, now=now)
