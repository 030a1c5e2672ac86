"""The one session that a client paid online for an appointment, where cancelling it in time gives the money back."""

from __future__ import annotations

from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.business.models import CancelGives, SalesPolicy
from clientela.ledger.models import Method, Payment, PaymentKind, Sale, SaleKind
from clientela.rules.sale_state import ENDED


def session_paid_online(*, appointment: Appointment) -> Sale | None:
    """Return its sale, if the business gives money (``SalesPolicy.cancel_gives``) and it has not ended; else ``None``.

    One query where the business gives the session back, two otherwise. What cancelling does then is
    ``actions/return_paid_session.py``'s; pages ask here to say it first.
    """
    policy = SalesPolicy.objects.filter(business=appointment.business_id).first()
    if policy is None or policy.cancel_gives != CancelGives.MONEY:
        return None
    online = Payment.objects.filter(
        method=Method.ONLINE, kind=PaymentKind.PAYMENT, sale__isnull=False
    )
    return (
        Sale.objects.filter(
            business=appointment.business_id,
            kind=SaleKind.SINGLE,
            cause=cause_of(appointment.pk),
            pk__in=online.values("sale"),
        )
        .exclude(state__in=[state.value for state in ENDED])
        .order_by("sold_at")
        .first()
    )
