"""What a sale would do, as a value with a digest: the page shows it, the sale compares it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from clientela.booking.models import Appointment
    from clientela.checkout.offer import Offer


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """An appointment that will be redeemed, by credit ``number`` of this sale or of an earlier one."""

    appointment: Appointment
    number: int
    grant_is_new: bool


@dataclass(frozen=True)
class Preview:
    """What a sale applied from ``applies_on`` will do, in the order in which it does it.

    ``redeems`` passes from pending redemption to booked, ``stays`` waits on; ``left`` of the sale's own credits
    remain, to be used until ``valid_until`` (``None``: for ever).
    """

    offer: Offer
    client_id: UUID
    applies_on: date
    valid_until: date | None
    redeems: list[PreviewLine]
    stays: list[Appointment]

    @property
    def price_minor(self) -> int:
        """The price of the sale, tax in it."""
        return self.offer.price_minor

    @property
    def left(self) -> int:
        """Credits of the sale that nothing uses yet."""
        return self.offer.credits - sum(line.grant_is_new for line in self.redeems)

    @cached_property
    def digest(self) -> str:
        """A word for all that was shown: it changes when anything of it does."""
        facts = {
            **self.offer.facts(),
            "client": self.client_id,
            "days": [self.applies_on, self.valid_until],
            "redeems": [
                [*_shown(line.appointment), line.number, line.grant_is_new] for line in self.redeems
            ],
            "stays": [_shown(appointment) for appointment in self.stays],
        }
        text = json.dumps(facts, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _shown(appointment: Appointment) -> list[str]:
    """Return what a page shows of an appointment that the sale turns upon."""
    return [str(appointment.pk), appointment.promised_local, str(appointment.service_id)]
