"""The forecast: what a client will receive, said before anything is booked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.models import Reason, Recipient, Rule

SENTENCES: dict[tuple[Rule, bool], str | Promise] = {
    (Rule.CONFIRMATION, True): _("An email at once, with the calendar file and your link"),
    (Rule.CONFIRMATION, False): _("No email: there is no address to send it to"),
    (Rule.REQUEST_RECEIVED, True): _("An email at once, saying that we have your request"),
    (Rule.REQUEST_RECEIVED, False): _("No email: there is no address to send it to"),
    (Rule.REQUEST_CONFIRMED, True): _("An email as soon as %(business)s has answered"),
    (Rule.CHANGE, True): _("An email whenever the time changes or is cancelled"),
}


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """One line of "what you will receive". ``when`` is ``at-once``, ``on-answer`` or ``on-change``."""

    rule: Rule
    recipient: Recipient
    channel: str
    when: Literal["at-once", "on-answer", "on-change"]
    reason: Reason
    business_name: str

    @property
    def will_be_sent(self) -> bool:
        """Whether there will be such a message."""
        return self.reason is Reason.QUEUED

    @property
    def sentence(self) -> str:
        """The line in the active language."""
        words = SENTENCES[self.rule, self.will_be_sent]
        return str(words) % {"business": self.business_name}


def expected_messages(
    *, business: Business, service: Service, guest_has_email: bool
) -> list[ExpectedMessage]:
    """Return what the client of a booking will be sent, in order; without an address, why nothing.

    The lines for the client only: the rows that planning writes for staff are not theirs to see.
    """
    first = Rule.REQUEST_RECEIVED if service.needs_approval else Rule.CONFIRMATION
    lines: list[tuple[Rule, Literal["at-once", "on-answer", "on-change"]]] = [(first, "at-once")]
    if guest_has_email and service.needs_approval:
        lines.append((Rule.REQUEST_CONFIRMED, "on-answer"))
    if guest_has_email:
        lines.append((Rule.CHANGE, "on-change"))
    return [
        ExpectedMessage(
            rule=rule,
            recipient=Recipient.CLIENT,
            channel="email",
            when=when,
            reason=Reason.QUEUED if guest_has_email else Reason.NO_ADDRESS,
            business_name=business.name,
        )
        for rule, when in lines
    ]
