"""Amounts and durations in words, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import gettext as _

from clientela.web.design.language import active_locale

HOUR = 60


def money(minor: int, currency: str) -> str:
    """An amount with its cents: `48,00 €`, `£48.00`. `minor` counts the currency's smallest unit."""
    return str(format_currency(_amount(minor, currency), currency, locale=active_locale()))


def price(minor: int, currency: str) -> str:
    """An amount as a price list says it: cents only where there are any (`48 €`, `£48.50`)."""
    amount = _amount(minor, currency)
    if amount != amount.to_integral_value():
        return money(minor, currency)
    return _without_cents(amount, currency)


def minutes(lasts: int) -> str:
    """A duration: `45 min`, `1 h`, `1 h 15 min`."""
    hours, rest = divmod(lasts, HOUR)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def _without_cents(amount: Decimal, currency: str) -> str:
    pattern = active_locale().currency_formats["standard"].pattern
    whole = ";".join(part.replace("0.00", "0") for part in pattern.split(";"))
    return str(
        format_currency(amount, currency, whole, locale=active_locale(), currency_digits=False)
    )
