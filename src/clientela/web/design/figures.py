"""Amounts and durations in words, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

from clientela.platform.language import active_locale
from clientela.platform.time_words import minutes

__all__ = ["minutes", "money", "price"]


def money(minor: int, currency: str) -> str:
    """An amount with its cents: `48,00 €`, `£48.00`. `minor` counts the currency's smallest unit."""
    return str(format_currency(_amount(minor, currency), currency, locale=active_locale()))


def price(minor: int, currency: str) -> str:
    """An amount as a price list says it: cents only where there are any (`48 €`, `£48.50`)."""
    amount = _amount(minor, currency)
    if amount != amount.to_integral_value():
        return money(minor, currency)
    return _without_cents(amount, currency)


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def _without_cents(amount: Decimal, currency: str) -> str:
    pattern = active_locale().currency_formats["standard"].pattern
    whole = ";".join(part.replace("0.00", "0") for part in pattern.split(";"))
    return str(
        format_currency(amount, currency, whole, locale=active_locale(), currency_digits=False)
    )
