"""Tables of the notify storey."""

from clientela.notify.models.account_mail import AccountMail
from clientela.notify.models.address_state import AddressEvent, AddressState, Trouble
from clientela.notify.models.attempt import Attempt, Outcome
from clientela.notify.models.direct_text import DirectText, TextPurpose
from clientela.notify.models.message import Message, Reason, Recipient, Rule
from clientela.notify.models.message_policy import MessagePolicy
from clientela.notify.models.message_rule import MessageRule
from clientela.notify.models.message_template import MessageTemplate
from clientela.notify.models.push_device import PushDevice
from clientela.notify.models.push_key import PushKey
from clientela.notify.models.receipt import Receipt, ReceiptKind
from clientela.notify.models.sending_domain import SendingDomain
from clientela.notify.models.simulated_mail import SimulatedMail
from clientela.notify.models.simulated_text import SimulatedFault, SimulatedPush, SimulatedText
from clientela.notify.models.text_gateway import GatewayName, SenderKind, TextGateway, TextSpend

__all__ = [
    "AccountMail",
    "AddressEvent",
    "AddressState",
    "Attempt",
    "DirectText",
    "GatewayName",
    "Message",
    "MessagePolicy",
    "MessageRule",
    "MessageTemplate",
    "Outcome",
    "PushDevice",
    "PushKey",
    "Reason",
    "Receipt",
    "ReceiptKind",
    "Recipient",
    "Rule",
    "SenderKind",
    "SendingDomain",
    "SimulatedFault",
    "SimulatedMail",
    "SimulatedPush",
    "SimulatedText",
    "TextGateway",
    "TextPurpose",
    "TextSpend",
    "Trouble",
]
