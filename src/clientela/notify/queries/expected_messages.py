"""The forecast: what a client will receive, said before anything is booked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.gate import Standing, pass_gate
from clientela.notify.models import Reason, Recipient, Rule

When = Literal["at-once", "on-answer", "on-change"]

SENTENCES: dict[Rule, str | Promise] = {
    Rule.CONFIRMATION: _("An email at once, with the calendar file and your link"),
    Rule.REQUEST_RECEIVED: _("An email at once, saying that we have your request"),
    Rule.REQUEST_CONFIRMED: _("An email as soon as %(business)s has answered"),
    Rule.CHANGE: _("An email whenever the time changes or is cancelled"),
}
# Why there will be none, said to the client.
UNSENT: dict[Reason, str | Promise] = {
    Reason.NO_ADDRESS: _("No email: there is no address to send it to"),
    Reason.NOT_ACTIVATED: _(
        "No email yet: create your account and choose your messages to get them"
    ),
    Reason.POLICY_GATE: _("No email yet: first show in your account that the address is yours"),
    Reason.CHANNEL_OFF_BY_CLIENT: _("No email: you have turned messages off"),
}
# The same, said to the staff, with what can be done about it.
UNSENT_TO_STAFF: dict[Reason, str | Promise] = {
    Reason.NO_ADDRESS: _("No email: the card has no address that takes messages. Add one."),
    Reason.NOT_ACTIVATED: _(
        "No email: the client has not activated the account. Send the welcome email first."
    ),
    Reason.POLICY_GATE: _(
        "No email: the address is not confirmed. Send the welcome email, so that the client confirms it."
    ),
    Reason.CHANNEL_OFF_BY_CLIENT: _(
        "No email: the client has turned messages off. Only they can turn them on again."
    ),
}


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """One line of "what you will receive". ``when`` is ``at-once``, ``on-answer`` or ``on-change``."""

    rule: Rule
    recipient: Recipient
    channel: str
    when: When
    reason: Reason
    business_name: str

    @property
    def will_be_sent(self) -> bool:
        """Whether there will be such a message."""
        return self.reason is Reason.QUEUED

    @property
    def sentence(self) -> str:
        """The line in the active language, said to the client."""
        words = SENTENCES[self.rule] if self.will_be_sent else UNSENT[self.reason]
        return str(words) % {"business": self.business_name}

    @property
    def sentence_for_staff(self) -> str:
        """The same line, said to the staff who book for the client."""
        return self.sentence if self.will_be_sent else str(UNSENT_TO_STAFF[self.reason])


def expected_messages(
    *, business: Business, service: Service, guest_has_email: bool, standing: Standing
) -> list[ExpectedMessage]:
    """Return what the client of a booking will be sent, in order; if nothing, one line that says why.

    ``standing`` is how the client stands to the gate (``queries/standing.py`` makes one for a
    stranger, a card or an account). The lines for the client only: the rows that planning writes
    for staff are not theirs to see.
    """
    reason = pass_gate(standing) if guest_has_email else Reason.NO_ADDRESS
    return [
        ExpectedMessage(
            rule=rule,
            recipient=Recipient.CLIENT,
            channel="email",
            when=when,
            reason=reason,
            business_name=business.name,
        )
        for rule, when in _lines(
            # What the staff book themselves nobody has to approve.
            asks=service.needs_approval and standing.is_own,
            may_hear=reason is Reason.QUEUED,
        )
    ]


def _lines(*, asks: bool, may_hear: bool) -> list[tuple[Rule, When]]:
    first = Rule.REQUEST_RECEIVED if asks else Rule.CONFIRMATION
    if not may_hear:
        return [(first, "at-once")]
    answer: list[tuple[Rule, When]] = [(Rule.REQUEST_CONFIRMED, "on-answer")] if asks else []
    return [(first, "at-once"), *answer, (Rule.CHANGE, "on-change")]
