"""What a provider's news about one online payment means: one table for every state and every news.

News comes twice, late, in any order, or not at all; so each pair of *where the attempt stands* and *what is
said* has an answer, and the same news twice is the same as once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Stand(StrEnum):
    """Where an attempt to pay stands; the value is what databases hold."""

    NEW = "new"
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    RETURNED = "returned"


class News(StrEnum):
    """What a provider says of a payment."""

    OPENED = "opened"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund-failed"
    DISPUTED = "disputed"
    DISPUTE_WON = "dispute-won"
    DISPUTE_LOST = "dispute-lost"


class Step(StrEnum):
    """What to do about it."""

    OPEN = "open"
    """Note that the page stands."""
    TAKE_MONEY = "take-money"
    """Money came: give what it was for, or else send it back."""
    SEND_BACK = "send-back"
    """Money came again: it goes back."""
    FAIL = "fail"
    EXPIRE = "expire"
    RECORD_REFUND = "record-refund"
    """Money went back by the provider: write it down."""
    WAIT = "wait"
    """Keep it until the payment it is about is known."""
    ASK_A_PERSON = "ask-a-person"
    """Nothing may be done by itself."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The step, and the word that page, inbox and test share."""

    step: Step
    reason: str


UNSETTLED = frozenset({Stand.NEW, Stand.OPEN})
"""No news has decided it yet."""

MONEY_CAME = frozenset({Stand.PAID, Stand.RETURNED})
"""A payment stands in the ledger, applied or to be given back."""

_WITHOUT_MONEY: Mapping[News, Verdict] = {
    News.PAID: Verdict(Step.TAKE_MONEY, "paid"),
    News.REFUNDED: Verdict(Step.WAIT, "before-its-payment"),
    News.REFUND_FAILED: Verdict(Step.WAIT, "before-its-payment"),
    News.DISPUTED: Verdict(Step.WAIT, "before-its-payment"),
    News.DISPUTE_WON: Verdict(Step.WAIT, "before-its-payment"),
    News.DISPUTE_LOST: Verdict(Step.WAIT, "before-its-payment"),
}
_STILL_OPEN: Mapping[News, Verdict] = {
    News.OPENED: Verdict(Step.OPEN, "opened"),
    News.FAILED: Verdict(Step.FAIL, "card-refused"),
    News.EXPIRED: Verdict(Step.EXPIRE, "not-paid"),
}
_WITH_MONEY: Mapping[News, Verdict] = {
    News.REFUNDED: Verdict(Step.RECORD_REFUND, "refunded"),
    News.REFUND_FAILED: Verdict(Step.ASK_A_PERSON, "refund-failed"),
    News.DISPUTED: Verdict(Step.ASK_A_PERSON, "disputed"),
    News.DISPUTE_WON: Verdict(Step.NOTHING, "dispute-won"),
    News.DISPUTE_LOST: Verdict(Step.RECORD_REFUND, "dispute-lost"),
}


def what_to_do(*, stand: Stand, news: News, knows_payment: bool) -> Verdict:
    """Say what news means for an attempt. Total: every pair has an answer.

    ``knows_payment``: the very payment that the news names is in the ledger already. Money counts even
    after a refusal or the end of the page: then the provider took it later. A second payment of one
    attempt is sent back. What is about a payment that is not known yet waits for it.
    """
    if news is News.PAID:
        if knows_payment:
            return Verdict(Step.NOTHING, "already-recorded")
        if stand in MONEY_CAME:
            return Verdict(Step.SEND_BACK, "paid-twice")
        return _WITHOUT_MONEY[news]
    if news in _STILL_OPEN:
        # A refusal or an end that arrives after the money, or after each other, decides nothing any more.
        settled = stand not in UNSETTLED
        return Verdict(Step.NOTHING, "decided-before") if settled else _STILL_OPEN[news]
    return _WITH_MONEY[news] if knows_payment else _WITHOUT_MONEY[news]
