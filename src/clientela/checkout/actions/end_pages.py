"""Close the pages of what need not, or cannot, be paid any more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.checkout.models import AttemptState, PaymentAttempt


def end_pages(
    *,
    sale_id: UUID | None = None,
    appointment_id: UUID | None = None,
    because: str,
    now: datetime,
) -> int:
    """End the undecided attempts of a sale or an appointment; say how many.

    The reconcile job closes their pages at the provider, and looks first: whoever paid at that moment gets the
    money back.
    """
    about = {"sale": sale_id} if sale_id else {"appointment": appointment_id}
    return PaymentAttempt.objects.filter(
        **about, state__in=[AttemptState.NEW, AttemptState.OPEN]
    ).update(state=AttemptState.EXPIRED, reason=because, settled_at=now, look_at=now)
