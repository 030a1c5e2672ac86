"""Occasions: facts about appointments that people should hear of, and who hears of which. Read it as the whole plan.

The client hears of everything that changes the promise. The staff hear of what did not come from their own desk: a
guest's or client's act, and what programs did through the API. What waits for a time of its own (a reminder, a word
after the visit) is planned as soon as an appointment is certain, and moved with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment, WaitingOffer
from clientela.notify.decisions import LATER
from clientela.notify.models import Recipient, Rule
from clientela.rules.lifecycle import Status


class Fact(StrEnum):
    """What happened. ``stands``: nothing did, but the appointment is there, and what is ahead of it is looked at anew.

    ``freed``: there is no appointment, but a time for one, of which somebody on the waiting list is to be told.
    """

    BOOKED = "booked"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    MOVED = "moved"
    CANCELLED = "cancelled"
    STANDS = "stands"
    FREED = "freed"


CLIENT_HEARS: Final[Mapping[Fact, Rule]] = {
    Fact.BOOKED: Rule.CONFIRMATION,
    Fact.REQUESTED: Rule.REQUEST_RECEIVED,
    Fact.CONFIRMED: Rule.REQUEST_CONFIRMED,
    Fact.DECLINED: Rule.REQUEST_DECLINED,
    Fact.MOVED: Rule.CHANGE,
    Fact.CANCELLED: Rule.CANCELLATION,
    Fact.FREED: Rule.WAITING_LIST_OFFER,
}
STAFF_HEARS: Final[Mapping[Fact, Rule]] = {
    Fact.BOOKED: Rule.STAFF_BOOKED,
    Fact.REQUESTED: Rule.STAFF_REQUESTED,
    Fact.MOVED: Rule.STAFF_MOVED,
    Fact.CANCELLED: Rule.STAFF_CANCELLED,
}
STAFFS_OWN: Final = frozenset({"staff", "system"})
"""Acts that the staff know of by themselves."""
STARTS: Final = "starts_at"
"""The word in the facts of a row that waits under which the start stands that its time was reckoned from."""
LEFT: Final = "left"
"""The word under which the number of credits stands that were left."""
CARRIER: Final = "carrier"
"""The word under which the appointment stands whose message tells of this one too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A fact about an appointment, which comes with its business, card and professional.

    ``happened_at`` is when it became so; ``facts`` what the letter needs of it; ``carrier`` the appointment whose
    message says it: another one, when both were booked as one series. ``credits_left`` is set when the booking
    brought the client's credits so low that they should know. ``is_word``: nothing is
    written yet, and the booking itself will be the client's word that messages may come. Of an ``offer`` of the waiting
    list the appointment is the one it would be (``queries/offered.py``).
    """

    appointment: Appointment
    fact: Fact
    occurrence: int
    happened_at: datetime
    tells_client: bool = True
    tells_staff: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)
    carrier: UUID | None = None
    credits_left: int | None = None
    is_low_told: bool = False
    is_word: bool = False
    offer: WaitingOffer | None = None

    @property
    def is_carried(self) -> bool:
        """Whether another appointment's message tells of this one."""
        return self.carrier is not None and self.carrier != self.appointment.pk

    def asks_for(self, *, rule: Rule, recipient: Recipient) -> bool:
        """Say whether a line of the plan speaks on this occasion."""
        if self.fact is Fact.FREED:
            return recipient is Recipient.CLIENT and CLIENT_HEARS[self.fact] is rule
        if rule in LATER:
            return self.appointment.status == Status.CONFIRMED
        if rule is Rule.BALANCE_LOW:
            return self.credits_left is not None
        if recipient is Recipient.CLIENT:
            return self.tells_client and CLIENT_HEARS.get(self.fact) is rule
        return self.tells_staff and STAFF_HEARS.get(self.fact) is rule
