"""Let what was planned and not yet sent speak of an appointment as it is now."""

from __future__ import annotations

from clientela.booking.models import Appointment
from clientela.notify.decisions import LATER
from clientela.notify.models import Message, Reason
from clientela.platform.database import require_transaction


def carry_unsent(*, appointment: Appointment) -> int:
    """Carry the messages that are due at once, and that nobody tried yet, to the present occurrence; say how many.

    For a change of which nobody is told: a confirmation that waits would otherwise count as overtaken, and no
    other would come. Letters are written when they are sent, so it says what is so then. What waits for a time of its own
    is planned anew by ``replan_messages``.
    """
    require_transaction("carrying messages")
    unsent = Message.objects.filter(appointment=appointment, reason=Reason.QUEUED, tries=0)
    return unsent.exclude(rule__in=LATER).update(occurrence=appointment.sequence)
