"""How a client may pay for the appointment they are about to book on their own.

The values are the service's (``pays_online``) and the business's; the page and the action that books ask here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Way(StrEnum):
    """One way to pay; the value is what forms send."""

    CREDIT = "credit"
    """A credit the client has already covers it."""
    NOW = "now"
    """The whole price, online, while the time is held."""
    DEPOSIT = "deposit"
    """A part of the price, online, while the time is held."""
    LATER = "later"
    """Booked at once, and paid another time."""


ONLINE = frozenset({Way.NOW, Way.DEPOSIT})
"""Money moves before the appointment is booked."""


# What a service asks of its clients while they book (``catalogue.models.PaysOnline``) → the ways that leaves.
_ASKED: Mapping[str, tuple[Way, ...]] = {
    "off": (Way.LATER,),
    "may": (Way.LATER, Way.NOW),
    "deposit": (Way.DEPOSIT, Way.NOW),
    "full": (Way.NOW,),
}


def ways_to_pay(
    *, has_credit: bool, pays_online: str, can_pay_online: bool, price_minor: int
) -> tuple[Way, ...]:
    """Return the ways there are, the one that stands unless another is chosen first. Never empty.

    A credit goes before money. What costs nothing, and a business that takes no money online, leave nothing
    to pay now. Where a service asks for a deposit or for all of it, there is no later.
    """
    if has_credit:
        return (Way.CREDIT,)
    if price_minor <= 0 or not can_pay_online:
        return (Way.LATER,)
    return _ASKED[pays_online]
