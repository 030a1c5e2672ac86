"""What checkout/ may refuse at the desk, in the words that page, API, audit and test share.

Of what is paid and given back, ``ledger/errors.py`` says its own words as well.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from clientela.platform.refusal import Refusal

if TYPE_CHECKING:
    from clientela.checkout.preview import Preview


class PreviewChanged(Refusal):
    """What the sale would do is not what was shown any more; nothing was sold. ``preview`` is what it would do now."""

    reason = "preview-changed"

    @property
    def preview(self) -> Preview:
        """What the sale would do now, to be shown instead."""
        return cast("Preview", self.facts["preview"])


class NotSold(Refusal):
    """The business does not sell this (any more), or not to this person alone."""

    reason = "package-not-sold"


class AppliesTooEarly(Refusal):
    """A sale counts from two years back at the earliest. The fact ``least`` is that day."""

    reason = "applies-too-early"


class AppliesTooLate(Refusal):
    """A sale counts from two years ahead at the latest. The fact ``most`` is that day."""

    reason = "applies-too-late"


class AppointmentUnsuitable(Refusal):
    """The appointment is another client's, or of a service that this does not cover."""

    reason = "appointment-unsuitable"


class MethodRefused(Refusal):
    """The business does not take money this way, or it cannot go back this way."""

    reason = "method-refused"


class PaidOnRefused(Refusal):
    """A payment is of today; staff may note one of the last 365 days. Facts ``least`` and ``most``."""

    reason = "paid-on-refused"

    def __init__(self, *, least: date, most: date) -> None:
        """Refuse with the first and the last day allowed."""
        super().__init__(field="paid_on", least=least, most=most)


class ReasonMissing(Refusal):
    """Who takes a sale back says why: it stands in the audit trail and on the credit note."""

    reason = "reason-missing"


class InvoiceDataMissing(Refusal):
    """An invoice names who issues it. The fact ``missing`` lists what the selling settings lack."""

    reason = "invoice-data-missing"


class BuyerIncomplete(Refusal):
    """A full invoice names its buyer: name, tax number and address, or nothing of them."""

    reason = "buyer-incomplete"
