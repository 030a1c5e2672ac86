"""What will be sent and what was: the forecast and the trace, drawn as one thread.

The promise before a booking and the proof after it look alike on purpose. "Handed over" is never
shown as delivered.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.utils.translation import gettext as _

from clientela.notify.models import Reason, Recipient, Rule
from clientela.notify.queries.expected_messages import ExpectedMessage
from clientela.notify.queries.trace import TraceLine
from clientela.web.design.shapes import Bead
from clientela.web.refusals import when

BeadState = Literal["good", "wait", "stop", "none", ""]

_WAITING = {Reason.QUEUED, Reason.HANDED_OVER, Reason.SCHEDULER_DOWN, Reason.UNKNOWN}
_FAILED = {Reason.BOUNCED_HARD, Reason.BOUNCED_SOFT, Reason.PROVIDER_ERROR, Reason.INVALID_NUMBER}


def forecast(lines: Iterable[ExpectedMessage], *, for_staff: bool = False) -> list[Bead]:
    """What a client will receive, before anything is booked; the staff also read what can be done about a no."""
    return [
        Bead(
            icon="mail" if line.will_be_sent else "ban",
            title=line.sentence_for_staff if for_staff else line.sentence,
            state="" if line.will_be_sent else "none",
        )
        for line in lines
    ]


def proof(lines: Iterable[TraceLine], *, zone: str) -> list[Bead]:
    """What the client was sent, or why not; times in `zone`. Rows about staff are not the client's to see."""
    return [_proof(line, zone) for line in lines if line.recipient is Recipient.CLIENT]


def _proof(line: TraceLine, zone: str) -> Bead:
    said, state = _outcome(line.reason)
    return Bead(
        icon=_icon(line.reason),
        title=_titles().get(line.rule, _("Message by email")),
        when=_("%(what)s, %(when)s") % {"what": said, "when": when(line.at, zone)},
        state=state,
    )


def _icon(reason: Reason) -> str:
    if reason is Reason.DELIVERED:
        return "check"
    if reason in _FAILED:
        return "triangle-alert"
    return "hourglass" if reason in _WAITING else "ban"


def _outcome(reason: Reason) -> tuple[str, BeadState]:
    if reason is Reason.DELIVERED:
        return _("Delivered"), "good"
    if reason is Reason.HANDED_OVER:
        return _("Handed over to the mail server"), "wait"
    if reason in _FAILED:
        return _("It did not arrive"), "stop"
    if reason in _WAITING:
        return _("On its way"), "wait"
    return _unsent().get(reason, _("Not sent: it was no longer needed")), "none"


def _unsent() -> dict[Reason, str]:
    """Why nothing was sent, where the client can do something about it."""
    return {
        Reason.NO_ADDRESS: _("Not sent: there is no address"),
        Reason.NOT_ACTIVATED: _("Not sent: you have not chosen your messages in an account yet"),
        Reason.POLICY_GATE: _("Not sent: this address is not confirmed, or had too many emails"),
        Reason.CHANNEL_OFF_BY_CLIENT: _("Not sent: you have turned messages off"),
        Reason.OPTED_OUT: _("Not sent: you have turned messages off"),
    }


def _titles() -> dict[Rule, str]:
    return {
        Rule.CONFIRMATION: _("Confirmation by email"),
        Rule.REQUEST_RECEIVED: _("Your request, by email"),
        Rule.REQUEST_CONFIRMED: _("Our answer by email: yes"),
        Rule.REQUEST_DECLINED: _("Our answer by email: no"),
        Rule.CHANGE: _("New time by email"),
        Rule.CANCELLATION: _("Cancellation by email"),
    }
