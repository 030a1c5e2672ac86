"""How somebody can be reached by one channel: pure, and all that a decision needs to know of an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clientela.people.phones import NumberKind

EMAIL: Final = "email"
SMS: Final = "sms"
PUSH: Final = "push"
CHANNELS: Final = (EMAIL, SMS, PUSH)
"""In the order in which people think of them; each has its folder under ``channels/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What is known of one way to one person.

    ``address`` is an e-mail address or a number (E.164); blank for none, and always blank for pushes, which go
    to ``device_count`` living devices. ``is_verified``: somebody proved it to be theirs. ``trouble`` is a word of
    ``models.Trouble``, or blank. ``is_country_on``: the business writes to numbers of that country.
    """

    channel: str
    address: str = ""
    is_verified: bool = False
    number_kind: NumberKind = NumberKind.UNKNOWN
    trouble: str = ""
    device_count: int = 0
    is_country_on: bool = True

    @property
    def leads_somewhere(self) -> bool:
        """Whether there is an address, or for pushes a device, at all."""
        return self.device_count > 0 if self.channel == PUSH else bool(self.address)
