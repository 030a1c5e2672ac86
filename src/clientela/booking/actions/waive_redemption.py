"""Let an appointment take place without a credit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.move_to import lock_appointment, set_redemption
from clientela.booking.actions.staff_only import require_business
from clientela.booking.errors import NotPending
from clientela.booking.models import Appointment
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.rules.redemption_state import RedemptionState


def waive_redemption(
    *, appointment: Appointment, by: Actor, reason_text: str = "", now: datetime
) -> Appointment:
    """Ask no credit for an appointment that is pending redemption: it was a gift, or was settled otherwise.

    Audited with the reason given. It is not asked again, also when the client gets credits later. Waiving
    what needs none changes nothing. Refuses ``StaffOnly``, and ``NotPending`` when a credit stood for it.
    """
    require_business(by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.redemption == RedemptionState.NONE:
            return current
        if current.redemption != RedemptionState.PENDING:
            raise NotPending
        set_redemption(current, new=RedemptionState.NONE)
        note(action="redemption-waived", subject=current, by=by, now=now, reason=reason_text)
    return current
