"""What ledger/ may refuse, in the words that page, API, audit and test share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class AlreadyPosted(Refusal):
    """This was posted before: a cause moves units once."""

    reason = "already-posted"


class AmountRefused(Refusal):
    """Not an amount that can be sold, paid or granted: nothing, less than nothing, or beyond all reason."""

    reason = "amount-out-of-range"


class CurrencyDiffers(Refusal):
    """Money of another currency than the sale's."""

    reason = "currency-differs"


class CreditGone(Refusal):
    """The credit was used meanwhile, was never granted, or its grant is closed: look again."""

    reason = "credit-gone"


class AlreadyRedeemed(Refusal):
    """A credit stands for this already."""

    reason = "already-redeemed"


class NotRedeemed(Refusal):
    """No credit stands for this, or not in the way that was to be changed."""

    reason = "not-redeemed"


class SaleOver(Refusal):
    """The sale is void: nothing can be paid for it or taken back from it any more."""

    reason = "sale-ended"


class PaidTooMuch(Refusal):
    """More than is owed. The fact ``due`` says how much that is, in minor units."""

    reason = "paid-too-much"


class AlreadyRecorded(Refusal):
    """The provider's payment was recorded before."""

    reason = "already-recorded"


class RefundTooMuch(Refusal):
    """More than is left of the payment. The fact ``left`` says how much that is, in minor units."""

    reason = "refund-too-much"


class ReturnedTooMuch(Refusal):
    """More than is left of the price. The fact ``left`` says how much that is, in minor units."""

    reason = "returned-too-much"
