"""Money as an integer of minor units with its currency; floats do not exist here.

How it is written for people is the doors' business (language decides), not this one's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_CODE = re.compile(r"[A-Z]{3}")
_USUAL_EXPONENT = 2
_EXPONENTS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),  # noqa: SIM905 -- a table of words
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}

LARGEST_PRICE = 10_000_000_000
"""The highest price of anything sold, in minor units: far above every real one in any currency (a hundred
million pesos), far below what a column holds, so that sums of sums stay exact."""


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies were added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` units (cents, or whole yen) of an ISO 4217 currency; may be negative."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is not an integer (a float is a mistake, not a number of cents) or no code."""
        if type(self.minor) is not int:
            raise TypeError(f"money is an integer of minor units: {self.minor!r}")
        if not _CODE.fullmatch(self.currency):
            raise ValueError(f"a currency is three capitals: {self.currency!r}")

    @classmethod
    def of_major(cls, amount: Decimal, currency: str) -> Money:
        """Return the money of a decimal amount as people write it; more digits than the currency has are refused."""
        scaled = amount.scaleb(exponent(currency))
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} has more digits than {currency}")
        return cls(int(scaled), currency)

    @property
    def major(self) -> Decimal:
        """The amount as people write it, with all the digits of its currency."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __add__(self, other: Money) -> Money:
        """Add money of the same currency."""
        self._check(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Take away money of the same currency; the rest may be negative."""
        self._check(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        """Multiply by a whole number; parts of money are a rule of their own."""
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> Money:
        """Return the opposite amount."""
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Compare money of the same currency."""
        self._check(other)
        return self.minor < other.minor

    def _check(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not mix")


def exponent(currency: str) -> int:
    """Return how many decimal digits a currency has (ISO 4217): 0, 2, 3 or 4."""
    return _EXPONENTS.get(currency, _USUAL_EXPONENT)
