"""Whom messages may reach before the person has proved anything: the gate that every client's message passes.

Pure. Asked when a message is planned, again when it is due, and by the forecast: one rule, so that the promise,
the row and the mail agree. Mails about log-ins (``AccountMail``) do not pass here: without them nobody could
ever come in.
"""

from __future__ import annotations

from dataclasses import dataclass

from clientela.business.models import NotificationGate
from clientela.notify.models import Reason
from clientela.people.models import NotifyBy


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a client with regard to one appointment.

    ``is_own`` says that the person made the booking themselves; ``is_verified``, that the address
    the message would go to is proved to be theirs.
    """

    gate: NotificationGate
    is_own: bool
    is_activated: bool = False
    is_verified: bool = False
    notify_by: NotifyBy = NotifyBy.EMAIL


def pass_gate(standing: Standing, *, is_for_proved: bool = False) -> Reason:
    """Return ``queued`` when the client may be written to, or the reason why not.

    What the person chose counts before what the business set: who wants no messages gets none,
    whatever they booked. ``is_for_proved``: a message that does not answer what the person did (a reminder, a
    word after the visit) goes to nobody who has proved nothing, though they booked for themselves (C1).
    """
    if standing.notify_by is NotifyBy.NONE:
        return Reason.CHANNEL_OFF_BY_CLIENT
    match standing.gate:
        case NotificationGate.ACTIVATED_ONLY:
            return Reason.QUEUED if standing.is_activated else Reason.NOT_ACTIVATED
        case NotificationGate.VERIFIED_CONTACT:
            return Reason.QUEUED if standing.is_verified else Reason.POLICY_GATE
    acted = standing.is_own and not is_for_proved
    may_hear = acted or standing.is_activated or standing.is_verified
    return Reason.QUEUED if may_hear else Reason.NOT_ACTIVATED
