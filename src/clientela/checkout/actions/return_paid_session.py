"""Give back the money of a session that was paid online and cancelled in time, where the business says money."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.business.models import CancelGives, SalesPolicy
from clientela.checkout.actions.void_sale import void_sale
from clientela.ledger.models import Method, Payment, PaymentKind, Redemption, Sale, SaleKind
from clientela.platform.actor import Actor
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import ENDED

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
    if appointment is None or not _gives_money(appointment.business_id):
        return None
    sale = (
        Sale.objects.filter(
            business=appointment.business_id,
            kind=SaleKind.SINGLE,
            cause=cause_of(appointment.pk),
            pk__in=Payment.objects.filter(
                method=Method.ONLINE, kind=PaymentKind.PAYMENT, sale__isnull=False
            ).values("sale"),
        )
        .exclude(state__in=[state.value for state in ENDED])
        .order_by("sold_at")
        .first()
    )
    if sale is None or Redemption.objects.filter(grant__sale=sale, released_at=None).exists():
        return None
    return void_sale(sale=sale, because=BECAUSE, by=BY, now=now)


def _gives_money(business_id: UUID) -> bool:
    policy = SalesPolicy.objects.filter(business=business_id).first()
    return policy is not None and policy.cancel_gives == CancelGives.MONEY
