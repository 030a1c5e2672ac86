"""Every message there was or should have been about an appointment, with the reason, for staff to read."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from clientela.booking.models import Appointment, Channel
from clientela.notify.models import Message, Reason, Recipient, Rule
from clientela.notify.queries.client_policy import client_policy
from clientela.notify.queries.expected_messages import expected_messages
from clientela.notify.queries.standing import contact_of, standing_of
from clientela.notify.queries.trace import TraceLine, trace
from clientela.web.design.shapes import Bead
from clientela.web.desk.staff import Desk
from clientela.web.message_beads import forecast
from clientela.web.refusals import when

BeadState = Literal["good", "wait", "stop", "none", ""]

_SENT: dict[Reason, tuple[str, BeadState]] = {
    Reason.DELIVERED: ("mail-check", "good"),
    Reason.HANDED_OVER: ("hourglass", "wait"),
    Reason.QUEUED: ("hourglass", "wait"),
    Reason.SCHEDULER_DOWN: ("triangle-alert", "stop"),
    Reason.UNKNOWN: ("circle-question-mark", "wait"),
    Reason.BOUNCED_HARD: ("triangle-alert", "stop"),
    Reason.BOUNCED_SOFT: ("triangle-alert", "stop"),
    Reason.PROVIDER_ERROR: ("triangle-alert", "stop"),
    Reason.CARRIER_FILTERED: ("triangle-alert", "stop"),
    Reason.INVALID_NUMBER: ("triangle-alert", "stop"),
}


def told_about(appointment: Appointment, *, desk: Desk) -> list[Bead]:
    """The trace, latest first; until the first row is written, what the client will be sent.

    Of an appointment that came in a file nobody was told.
    """
    lines = trace(appointment=appointment, now=desk.now)
    if lines:
        return [bead_of_line(line, desk.zone) for line in reversed(lines)]
    if appointment.channel == Channel.IMPORT:
        return []
    contact = contact_of(appointment)
    gate = client_policy(desk.business.pk).gate
    expected = expected_messages(
        business=desk.business,
        service=appointment.service,
        guest_has_email=bool(contact.address),
        standing=standing_of(appointment=appointment, contact=contact, gate=gate),
    )
    return forecast(expected, for_staff=True)


def undecided(appointment: Appointment) -> list[Message]:
    """The messages of which nobody knows whether they left, and that nobody has settled. One query."""
    return list(
        Message.objects.filter(
            appointment=appointment,
            reason=Reason.UNKNOWN,
            left_at__isnull=True,
            send_at__isnull=True,
        ).order_by("created_at", "id")
    )


def bead_of_line(line: TraceLine, zone: str) -> Bead:
    """One message, what became of it and when, for staff."""
    icon, state = _SENT.get(line.reason, ("ban", "none"))
    to = line.address or _("no address")
    return Bead(
        icon=icon,
        title=_("%(what)s to %(whom)s") % {"what": _rules()[line.rule], "whom": _whom(line)},
        when=_("%(outcome)s, %(when)s")
        % {"outcome": _outcome(line.reason), "when": when(line.at, zone)},
        why=to,
        state=state,
    )


def _whom(line: TraceLine) -> str:
    return {
        Recipient.CLIENT: _("the client"),
        Recipient.PROFESSIONAL: _("the professional"),
        Recipient.DESK: _("the front desk"),
    }[line.recipient]


def _rules() -> dict[Rule, str]:
    return {
        Rule.CONFIRMATION: _("Confirmation"),
        Rule.REQUEST_RECEIVED: _("Request received"),
        Rule.REQUEST_CONFIRMED: _("Request accepted"),
        Rule.REQUEST_DECLINED: _("Request declined"),
        Rule.CHANGE: _("New time"),
        Rule.CANCELLATION: _("Cancellation"),
        Rule.STAFF_BOOKED: _("Booked"),
        Rule.STAFF_REQUESTED: _("Requested"),
        Rule.STAFF_MOVED: _("Moved"),
        Rule.STAFF_CANCELLED: _("Cancelled"),
    }


def _outcome(reason: Reason) -> str:
    """Why it left, waits, or never will."""
    known = {
        Reason.DELIVERED: _("Delivered"),
        Reason.HANDED_OVER: _("Handed over to the mail server"),
        Reason.QUEUED: _("On its way"),
        Reason.SCHEDULER_DOWN: _("Waiting: the worker is not running"),
        Reason.UNKNOWN: _("Not known whether it left"),
        Reason.BOUNCED_HARD: _("Returned: the address does not exist"),
        Reason.BOUNCED_SOFT: _("Returned: the mailbox would not take it"),
        Reason.PROVIDER_ERROR: _("The mail server refused it"),
        Reason.CARRIER_FILTERED: _("Stopped on its way"),
        Reason.NO_ADDRESS: _("Not sent: there is no address"),
        Reason.NOT_ACTIVATED: _(
            "Not sent: the client has not activated the account. Send the welcome email."
        ),
        Reason.POLICY_GATE: _(
            "Not sent: the address is not confirmed, or had too many emails in one hour"
        ),
        Reason.CHANNEL_OFF_BY_CLIENT: _("Not sent: the client has turned messages off"),
        Reason.SUPERSEDED: _("Not sent: a newer message took its place"),
        Reason.CANCELLED_BEFORE_SEND: _("Not sent: cancelled before it left"),
        Reason.OPTED_OUT: _("Not sent: they do not want messages"),
        Reason.RULE_DISABLED: _("Not sent: this message is switched off"),
        Reason.DUPLICATE_SUPPRESSED: _("Not sent: they have it already"),
    }
    return known.get(reason, _("Not sent: it was no longer needed"))
