"""Tables of checkout."""

from clientela.checkout.models.kept_card import KeptCard
from clientela.checkout.models.payment_attempt import AttemptState, PaymentAttempt, Purpose
from clientela.checkout.models.provider_account import ProviderAccount, ProviderName
from clientela.checkout.models.provider_event import EventState, ProviderEvent
from clientela.checkout.models.refund_order import OrderState, RefundOrder
from clientela.checkout.models.simulated import (
    SimulatedNews,
    SimulatedPayment,
    SimulatedRefund,
    SimulatedState,
)

__all__ = [
    "AttemptState",
    "EventState",
    "KeptCard",
    "OrderState",
    "PaymentAttempt",
    "ProviderAccount",
    "ProviderEvent",
    "ProviderName",
    "Purpose",
    "RefundOrder",
    "SimulatedNews",
    "SimulatedPayment",
    "SimulatedRefund",
    "SimulatedState",
]
