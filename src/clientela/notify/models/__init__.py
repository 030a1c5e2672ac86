"""Tables of the notify storey."""

from clientela.notify.models.attempt import Attempt, Outcome
from clientela.notify.models.message import Message, Reason, Recipient, Rule
from clientela.notify.models.simulated_mail import SimulatedMail

__all__ = ["Attempt", "Message", "Outcome", "Reason", "Recipient", "Rule", "SimulatedMail"]
