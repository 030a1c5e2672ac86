"""Why something about a sale is not possible, in words for staff: what happened, and what was not done."""

from __future__ import annotations

from django.utils.translation import gettext as _, gettext_lazy

from clientela.platform.refusal import Refusal
from clientela.web import refusals

OWN = {
    "preview-changed": gettext_lazy(
        "Something changed while you were looking: an appointment, or a credit of this client. "
        "This is the effect as it is now. Nothing was sold yet."
    ),
    "package-not-sold": gettext_lazy("This is not sold any more. Choose something else."),
    "applies-too-early": gettext_lazy("The application date is more than two years back."),
    "applies-too-late": gettext_lazy("The application date is too far ahead."),
    "paid-too-much": gettext_lazy("This is more than what is still to be paid."),
    "sale-ended": gettext_lazy("This sale has ended: it was voided, or its money went back."),
    "already-recorded": gettext_lazy("This payment is recorded already."),
    "refund-too-much": gettext_lazy("This is more than what was paid and not given back yet."),
    "invoice-data-missing": gettext_lazy(
        "The business’s name, tax number and address for invoices are missing. They are among the settings."
    ),
    "already-invoiced": gettext_lazy("This sale has its invoice already."),
    "credit-gone": gettext_lazy("The credit was used a moment ago. Look again."),
    "credit-not-lent": gettext_lazy("Nobody of the household lends this credit any more."),
    "not-redeemed": gettext_lazy("No lent credit stands for this appointment any more."),
    "no-address": gettext_lazy("There is no email on the card. Write one first."),
    "no-fee-due": gettext_lazy("No fee can be charged for this appointment."),
    "no-card-kept": gettext_lazy("No card is kept that may be charged."),
    "card-refused": gettext_lazy("The card was refused. Nothing was taken; you may try again."),
    "provider-silent": gettext_lazy(
        "Your payment provider does not answer. It is found out by itself whether the money came; "
        "it is never charged twice."
    ),
    "online-payment-off": gettext_lazy("The business takes no money online."),
    "nothing-to-pay": gettext_lazy("There is nothing left to pay."),
    "staff-only": gettext_lazy("Only the staff can do this."),
    "not-pending": gettext_lazy("This appointment does not wait for redemption any more."),
    "nothing-to-refund": gettext_lazy("There is not that much of this money to give back."),
    "returned-too-much": gettext_lazy("This is more than what is left of the price."),
    "method-refused": gettext_lazy("Money is not taken, or does not go back, this way."),
    "paid-on-refused": gettext_lazy("Write a day of the last year, at the latest today."),
    "reason-missing": gettext_lazy("Say why: it stands in the history."),
    "buyer-incomplete": gettext_lazy("A full invoice needs name, tax number and address."),
    "appointment-unsuitable": gettext_lazy(
        "This appointment is of another service, or has a credit already."
    ),
    "price-not-yours": gettext_lazy("Only the business sells at another price."),
    "amount-out-of-range": gettext_lazy("This is not an amount that can be used here."),
    "idempotency-key-reused": gettext_lazy(
        "This page was used already. Look at the sale before you sell again."
    ),
}


def sentence_of(refusal: Refusal) -> str:
    """Say why; never the raw word."""
    own = OWN.get(refusal.reason)
    if own is not None:
        return str(own)
    said = refusals.of(refusal)
    return said or _("That is not possible.")
