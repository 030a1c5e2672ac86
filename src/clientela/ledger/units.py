"""What is counted: money by its currency, credits by what they are of."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from clientela.rules.money import LARGEST_PRICE

MOST_MINOR: Final = LARGEST_PRICE
"""The highest price or payment, in minor units."""
MOST_CREDITS: Final = 1000


def package_credit(package_id: UUID) -> str:
    """Return the unit of a package's credits."""
    return f"credit:package:{package_id}"


def service_credit(service_id: UUID) -> str:
    """Return the unit of a single session's credit."""
    return f"credit:service:{service_id}"
