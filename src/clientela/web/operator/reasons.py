"""The words of the trace, as the operator reads them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.notify.models import Message, Reason, Rule

RULES: dict[str, str | Promise] = {
    Rule.CONFIRMATION: _("Confirmation"),
    Rule.REQUEST_RECEIVED: _("Request received"),
    Rule.REQUEST_CONFIRMED: _("Request confirmed"),
    Rule.REQUEST_DECLINED: _("Request declined"),
    Rule.CHANGE: _("Change of time"),
    Rule.CANCELLATION: _("Cancellation"),
    Rule.STAFF_BOOKED: _("New booking, to the staff"),
    Rule.STAFF_REQUESTED: _("New request, to the staff"),
    Rule.STAFF_MOVED: _("Moved by the client, to the staff"),
    Rule.STAFF_CANCELLED: _("Cancelled by the client, to the staff"),
}
REASONS: dict[str, str | Promise] = {
    Reason.BOUNCED_HARD: _("The address does not exist"),
    Reason.BOUNCED_SOFT: _("The mailbox would not take it"),
    Reason.CARRIER_FILTERED: _("Refused as unwanted mail"),
    Reason.PROVIDER_ERROR: _("The mail server refused it"),
    Reason.SCHEDULER_DOWN: _("No worker ran in time"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A message with the words for it. ``detail`` is what the server said last, in its own words."""

    message: Message
    rule: str
    reason: str
    detail: str = ""


def told(message: Message) -> Told:
    """Put the words beside a message; its attempts are read where they were fetched with it."""
    attempts = list(message.attempts.all())
    last = attempts[-1] if attempts else None
    return Told(
        message=message,
        rule=str(RULES[message.rule]),
        reason=str(REASONS.get(message.reason, "")),
        detail=f"{last.code} {last.detail}".strip() if last else "",
    )
