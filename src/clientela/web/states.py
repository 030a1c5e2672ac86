"""How a state is called: one table of state × audience, in the reader's language.

Staff and client read different words for the same fact where they need to: what waits for redemption reads
*pending payment* to its client, while staff say *pending payment* of a sale only. An icon stands beside each
word, so that colour never carries the meaning alone: coins for redemption (an appointment), a wallet for
payment (a sale).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import SaleState
from clientela.web.design.shapes import Badge, State


class Audience(StrEnum):
    """Who reads."""

    STAFF = "staff"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Words:
    """One state as one audience reads it: the badge, what it means in a sentence, and what comes next."""

    text: Promise
    icon: str
    tint: State = ""
    meaning: Promise | str = ""
    next: Promise | str = ""

    def badge(self) -> Badge:
        """The badge, in the reader's language."""
        return Badge(text=str(self.text), icon=self.icon, state=self.tint)


_Row = dict[Audience, Words]


def _row(*, staff: Words, client: Words) -> _Row:
    return {Audience.STAFF: staff, Audience.CLIENT: client}


TABLE: dict[Status, _Row] = {
    Status.HELD: _row(
        staff=Words(
            pgettext_lazy("appointment, to staff", "Held while paying"),
            "hourglass",
            "wait",
            gettext_lazy("The client is paying. The time is kept until then."),
        ),
        client=Words(
            pgettext_lazy("appointment, to client", "Held while you pay"),
            "hourglass",
            "wait",
            gettext_lazy("The time is yours as soon as the payment has arrived."),
            gettext_lazy("Pay"),
        ),
    ),
    Status.REQUESTED: _row(
        staff=Words(
            pgettext_lazy("appointment, to staff", "Waiting for your answer"), "hourglass", "wait"
        ),
        client=Words(
            pgettext_lazy("appointment, to client", "Waiting for an answer"), "hourglass", "wait"
        ),
    ),
    Status.CONFIRMED: _row(
        staff=Words(pgettext_lazy("appointment, to staff", "Booked"), "check", "good"),
        client=Words(pgettext_lazy("appointment, to client", "Booked"), "check", "good"),
    ),
    Status.ATTENDED: _row(
        staff=Words(pgettext_lazy("appointment, to staff", "Attended"), "circle-check"),
        client=Words(pgettext_lazy("appointment, to client", "Attended"), "circle-check"),
    ),
    Status.NO_SHOW: _row(
        staff=Words(pgettext_lazy("appointment, to staff", "No-show"), "user-x-2", "stop"),
        client=Words(pgettext_lazy("appointment, to client", "Missed"), "user-x-2", "stop"),
    ),
    Status.CANCELLED: _row(
        staff=Words(pgettext_lazy("appointment, to staff", "Cancelled"), "x"),
        client=Words(pgettext_lazy("appointment, to client", "Cancelled"), "x"),
    ),
    Status.DECLINED: _row(
        staff=Words(pgettext_lazy("appointment, to staff", "Declined"), "x"),
        client=Words(pgettext_lazy("appointment, to client", "Declined"), "x"),
    ),
}
"""What an appointment's status is called."""

REDEMPTION: dict[RedemptionState, _Row | None] = {
    RedemptionState.NONE: None,
    RedemptionState.PENDING: _row(
        staff=Words(
            pgettext_lazy("appointment, to staff", "Pending redemption"),
            "coins",
            "wait",
            gettext_lazy("The place is reserved, but no valid balance covers this day."),
            gettext_lazy("Sell"),
        ),
        client=Words(
            pgettext_lazy("appointment, to client", "Pending payment"),
            "wallet",
            "wait",
            gettext_lazy("Your place is reserved. It has not been paid for yet."),
            gettext_lazy("Pay"),
        ),
    ),
    RedemptionState.REDEEMED: None,
    RedemptionState.RETURNED: _row(
        staff=Words(pgettext_lazy("appointment, to staff", "Credit returned"), "undo-2"),
        client=Words(pgettext_lazy("appointment, to client", "Credit returned"), "undo-2"),
    ),
    RedemptionState.FORFEITED: _row(
        staff=Words(pgettext_lazy("appointment, to staff", "Credit used up"), "coins"),
        client=Words(pgettext_lazy("appointment, to client", "Credit used up"), "coins"),
    ),
}
"""What is said of an appointment's credit; nothing where there is none, or where *Booked* says it."""

SALES: dict[SaleState, _Row] = {
    SaleState.PENDING_PAYMENT: _row(
        staff=Words(
            pgettext_lazy("sale, to staff", "Pending payment"),
            "wallet",
            "wait",
            gettext_lazy("The client has the credits already. The money is still to come."),
            gettext_lazy("Take payment"),
        ),
        client=Words(
            pgettext_lazy("sale, to client", "Pending payment"),
            "wallet",
            "wait",
            gettext_lazy("What you bought is yours already. It has not been paid for yet."),
            gettext_lazy("Pay"),
        ),
    ),
    SaleState.PARTLY_PAID: _row(
        staff=Words(
            pgettext_lazy("sale, to staff", "Partly paid"),
            "wallet",
            "wait",
            gettext_lazy("Some of the money is still to come."),
            gettext_lazy("Take payment"),
        ),
        client=Words(
            pgettext_lazy("sale, to client", "Partly paid"),
            "wallet",
            "wait",
            gettext_lazy("Some of the price has not been paid yet."),
            gettext_lazy("Pay"),
        ),
    ),
    SaleState.PAID: _row(
        staff=Words(pgettext_lazy("sale, to staff", "Paid"), "check", "good"),
        client=Words(pgettext_lazy("sale, to client", "Paid"), "check", "good"),
    ),
    SaleState.VOID: _row(
        staff=Words(pgettext_lazy("sale, to staff", "Void"), "x"),
        client=Words(pgettext_lazy("sale, to client", "Void"), "x"),
    ),
    SaleState.REFUNDED: _row(
        staff=Words(pgettext_lazy("sale, to staff", "Refunded"), "undo-2"),
        client=Words(pgettext_lazy("sale, to client", "Refunded"), "undo-2"),
    ),
}
"""What a sale's state is called."""

_SPOKEN_OVER = frozenset({Status.CONFIRMED, Status.ATTENDED})
"""Of an appointment that takes place the waiting credit is what matters; else its status is."""


def words_of(status: str, *, audience: Audience, redemption: str = "none") -> Words:
    """The one thing to say about an appointment: that it waits for redemption, or else its status."""
    pending = REDEMPTION[RedemptionState(redemption)]
    if pending and redemption == RedemptionState.PENDING and Status(status) in _SPOKEN_OVER:
        return pending[audience]
    return TABLE[Status(status)][audience]


def badge_of(status: str, *, audience: Audience, redemption: str = "none") -> Badge:
    """The badge of an appointment in that state, in the audience's words."""
    return words_of(status, audience=audience, redemption=redemption).badge()


def credit_badge(redemption: str, *, audience: Audience) -> Badge | None:
    """The badge of what its credit is doing, where there is something to say."""
    row = REDEMPTION[RedemptionState(redemption)]
    return row[audience].badge() if row else None


def sale_badge(state: str, *, audience: Audience) -> Badge:
    """The badge of a sale in that state, in the audience's words."""
    return SALES[SaleState(state)][audience].badge()
