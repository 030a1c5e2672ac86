"""How many mails one address may get because of what strangers do: together, over every path there is.

Whoever types an address somewhere (a booking, a code, a reset, a new account) makes us write to it. Without a
limit, that is a way to flood a mailbox. It is counted per address, not per visitor: a crowd counts as one.
What the business's own staff send is not counted, nor what reaches the staff.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clientela.platform.throttle import Limit, allow_each, take_back
from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

PER_HOUR: Final = 5
PER_DAY: Final = 20
# The last of the day are kept for notices to the owner of an account: a flood cannot hide them.
KEPT_FOR_NOTICES: Final = 4
_HOUR_SECONDS, _DAY_SECONDS = 3600, 86_400


@dataclass(frozen=True, slots=True)
class Spending:
    """One mail to an address. ``is_notice`` tells the owner of an account what was done to it."""

    address: str
    is_notice: bool = False


def spend(*, spendings: Sequence[Spending], now: datetime) -> list[bool]:
    """Count mails to addresses and say of each whether it may leave; one that may not is not counted.

    In no hour more than five leave to one address, in no day more than twenty, however many workers
    ask. A notice is not bound to the hour, and reaches the last four of the day, which nothing else does.

    Called in the transaction that writes the attempts: if that fails, nothing left and nothing counts.
    """
    return allow_each(uses=[_limits(one) for one in spendings], now=now)


def refund(*, spendings: Sequence[Spending], now: datetime) -> None:
    """Take counted mails off again that never left."""
    if spendings:
        take_back(uses=[_limits(one) for one in spendings], now=now)


def _limits(spending: Spending) -> list[Limit]:
    key = f"mail-budget:{_mailbox(spending.address)}"
    if spending.is_notice:
        return [Limit(f"{key}:day", PER_DAY, _DAY_SECONDS)]
    return [
        Limit(f"{key}:day", PER_DAY - KEPT_FOR_NOTICES, _DAY_SECONDS),
        Limit(f"{key}:hour", PER_HOUR, _HOUR_SECONDS),
    ]


def _mailbox(address: str) -> str:
    """Return the mailbox as a flood would meet it: what follows a plus sign reaches the same one."""
    local, _, domain = normalise_email(address).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
