"""An attempt on its way: begun, and then ended. Plain values that the sender carries from step to step."""

from __future__ import annotations

from dataclasses import dataclass

from clientela.notify.channels import Channel, Result
from clientela.notify.mail_budget import Spending
from clientela.notify.models import Attempt, Message
from clientela.platform.leases import Lease


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An attempt that has begun: whose row it is, the composed parcel, and what it took of a mail budget."""

    lease: Lease
    message: Message
    attempt: Attempt
    channel: Channel
    parcel: object
    spending: Spending | None

    @property
    def way(self) -> tuple[str, str]:
        """By which line of which channel it leaves: what is of no use to one is of none to the others of that line."""
        return self.channel.name, self.channel.way_of(self.message.business_id)


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt and its result."""

    begun: Begun
    result: Result
