"""The forecast: what a client will receive, said before anything is booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.decisions import Case, Said, Wishes, decide
from clientela.notify.gate import Standing
from clientela.notify.models import Reason, Recipient, Rule
from clientela.notify.reach import EMAIL, Reach

When = Literal["at-once", "on-answer", "on-change"]
_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Any moment: the decision depends on how far away things are, not on when it is."""

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
    """Return what mails the client of a booking will be sent, in order; if none, one line that says why.

    ``standing`` is how the client stands to the gate (``queries/standing.py`` makes one for a
    stranger, a card or an account). The short form of ``queries/forecast.py``, by the same decision.
    """
    reason = _reason(standing, has_email=guest_has_email)
    return [
        ExpectedMessage(
            rule=rule,
            recipient=Recipient.CLIENT,
            channel=EMAIL,
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


def _reason(standing: Standing, *, has_email: bool) -> Reason:
    """Decide about a mail that would be due at once, of something that is still ahead."""
    address = "somebody@example.com" if has_email else ""
    case = Case(
        rule=Rule.CONFIRMATION,
        reach=Reach(channel=EMAIL, address=address, is_verified=standing.is_verified),
        due_at=_NOW,
        starts_at=_NOW + timedelta(days=1),
        wishes=Wishes(standing=standing, said=Said(id=None, notify_by=standing.notify_by)),
    )
    return decide(case=case, now=_NOW).reason


def _lines(*, asks: bool, may_hear: bool) -> list[tuple[Rule, When]]:
    first = Rule.REQUEST_RECEIVED if asks else Rule.CONFIRMATION
    if not may_hear:
        return [(first, "at-once")]
    answer: list[tuple[Rule, When]] = [(Rule.REQUEST_CONFIRMED, "on-answer")] if asks else []
    return [(first, "at-once"), *answer, (Rule.CHANGE, "on-change")]
