"""What checkout/ may refuse about paying online, in the words that page, API, audit and test share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class OnlinePaymentOff(Refusal):
    """The business takes no money online."""

    reason = "online-payment-off"


class NothingToPay(Refusal):
    """Nothing is due: it costs nothing, or is paid."""

    reason = "nothing-to-pay"


class PaymentOver(Refusal):
    """This attempt to pay has ended: begin another one."""

    reason = "payment-over"


class NotAMiss(Refusal):
    """The fee for not coming is for an appointment whose client did not come, once."""

    reason = "no-fee-due"


class NoCardKept(Refusal):
    """There is no card that its owner agreed may be charged."""

    reason = "no-card-kept"


class CardNotLent(Refusal):
    """A card is kept of whoever comes: nobody leaves their own for somebody of their household."""

    reason = "card-not-lent"


class ConsentMissing(Refusal):
    """A card is kept only with its owner's word."""

    reason = "consent-missing"


class SecretRefused(Refusal):
    """The provider does not know this secret."""

    reason = "secret-refused"


class MoneyUnknown(Refusal):
    """What came is not what was asked for: another amount, currency, account or order."""

    reason = "wrong-amount"
