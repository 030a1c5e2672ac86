"""Tables of the notify storey."""

from clientela.notify.models.account_mail import AccountMail
from clientela.notify.models.attempt import Attempt, Outcome
from clientela.notify.models.message import Message, Reason, Recipient, Rule
from clientela.notify.models.simulated_mail import SimulatedMail

__all__ = [
    "AccountMail",
    "Attempt",
    "Message",
    "Outcome",
    "Reason",
    "Recipient",
    "Rule",
    "SimulatedMail",
]
