"""Tables of the booking storey."""

from clientela.booking.models.appointment import NOT_PAID, Appointment, Channel
from clientela.booking.models.attribution import (
    Attribution,
    MarkedFor,
    MarkerPolicyChoice,
    ReclassifyRequest,
    ReclassifyState,
)
from clientela.booking.models.busy_block import BusyBlock
from clientela.booking.models.calendar_feed import CalendarFeed
from clientela.booking.models.occupancy import Occupancy
from clientela.booking.models.series import Series
from clientela.booking.models.session import Seat, Session
from clientela.booking.models.waiting import (
    JoinedBy,
    OfferState,
    WaitingEntry,
    WaitingOffer,
    WaitState,
)
from clientela.rules.lifecycle import Status

__all__ = [
    "NOT_PAID",
    "Appointment",
    "Attribution",
    "BusyBlock",
    "CalendarFeed",
    "Channel",
    "JoinedBy",
    "MarkedFor",
    "MarkerPolicyChoice",
    "Occupancy",
    "OfferState",
    "ReclassifyRequest",
    "ReclassifyState",
    "Seat",
    "Series",
    "Session",
    "Status",
    "WaitState",
    "WaitingEntry",
    "WaitingOffer",
]
