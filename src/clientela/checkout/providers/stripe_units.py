"""Amounts as Stripe counts them: mostly ISO 4217's minor units, with a few habits of its own."""

from __future__ import annotations

from typing import Final

from clientela.checkout.providers.port import ProviderRefused

_WITH_CENTS: Final = frozenset({"ISK", "UGX"})
"""Without minor units by ISO, but written with two decimals there."""
_BY_TENS: Final = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
"""Three decimals, of which the last must be nought."""
_CENTS: Final = 100
_TENS: Final = 10


def theirs(amount_minor: int, currency: str) -> int:
    """Return our minor units as Stripe wants them; refuses ``ProviderRefused`` what cannot be said there."""
    if currency in _BY_TENS and amount_minor % _TENS:
        raise ProviderRefused("amount-not-possible")
    return amount_minor * _CENTS if currency in _WITH_CENTS else amount_minor


def ours(amount: int, currency: str) -> int:
    """Return Stripe's amount in minor units; raises ``ValueError`` for a fraction of one."""
    if currency not in _WITH_CENTS:
        return amount
    whole, rest = divmod(amount, _CENTS)
    if rest:
        raise ValueError("a fraction of the smallest unit")
    return whole
