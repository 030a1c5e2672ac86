"""The simulator: it stands where a gateway would, keeps what phones would have shown, and does wrong what it was told.

The same reference is taken once, as by gateways that keep such a promise. What it will say of a text stands beside it
and is told by the worker (``actions/tell_simulated_texts.py``). Only demo and test installations have one.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from clientela.notify.channels import Result
from clientela.notify.channels.sms.answers import accepted, ambiguous, by_status, refused
from clientela.notify.channels.sms.port import Arrived, NotGenuine, Push, TextParcel, Told
from clientela.notify.models import Reason, ReceiptKind, SimulatedText
from clientela.notify.simulated_faults import take_fault
from clientela.platform.failpoints import failpoint

DUE, SLOW, SILENT = "due-", "slow-", "silent"
"""How ``SimulatedText.state`` begins while something is still to be told, and what it is when nothing will be."""


class TextFault(StrEnum):
    """The faults there are.

    ``TIMEOUT_AFTER_ACCEPT``: taken, and the answer lost; the receipt still comes. ``LOST_RECEIPT``: neither comes.
    ``NO_RECEIPT``: taken and said so, and nothing more. ``SLOW``: the receipt comes ten minutes later.
    """

    REJECT = "reject"
    LANDLINE = "landline"
    INVALID = "invalid"
    FILTERED = "filtered"
    OPTED_OUT = "opted-out"
    TIMEOUT_AFTER_ACCEPT = "timeout-after-accept"
    TOO_MANY = "429"
    SERVER_ERROR = "500"
    SLOW = "slow"
    NO_RECEIPT = "no-receipt"
    LOST_RECEIPT = "lost-receipt"


_AT_ONCE: Final[dict[str, tuple[Reason, str]]] = {
    TextFault.REJECT: (Reason.PROVIDER_ERROR, "rejected"),
    TextFault.INVALID: (Reason.INVALID_NUMBER, "no such number"),
    TextFault.OPTED_OUT: (Reason.OPTED_OUT, "opted out"),
}
_STATUS: Final[dict[str, int]] = {TextFault.TOO_MANY: 429, TextFault.SERVER_ERROR: 500}
_LATER: Final[dict[str, str]] = {
    TextFault.LANDLINE: DUE + ReceiptKind.LANDLINE,
    TextFault.FILTERED: DUE + ReceiptKind.FILTERED,
    TextFault.SLOW: SLOW + ReceiptKind.DELIVERED,
    TextFault.NO_RECEIPT: SILENT,
    TextFault.LOST_RECEIPT: SILENT,
}
_ANSWER_LOST: Final = frozenset({TextFault.TIMEOUT_AFTER_ACCEPT, TextFault.LOST_RECEIPT})


class Simulator:
    """The one simulated gateway."""

    confirms_keywords = False

    def send(self, parcel: TextParcel, *, now: datetime) -> Result:
        """Show the text on the phone, or do what was ordered."""
        key = f"{parcel.gateway.pk}:{parcel.reference}"
        standing = SimulatedText.objects.filter(key=key).first()
        if standing is not None:
            return accepted(provider_id=name_of(standing), code="sim")
        fault = take_fault(channel="sms", address=parcel.number)
        if fault in _AT_ONCE:
            reason, words = _AT_ONCE[fault]
            return refused(reason=reason, code=fault, detail=words)
        if fault in _STATUS:
            return by_status(_STATUS[fault], detail="ordered fault")
        row = SimulatedText.objects.create(  # writes: it stands where a carrier would keep it
            number=parcel.number,
            sender=parcel.gateway.sender,
            body=parcel.body,
            key=key,
            state=_LATER.get(fault, DUE + ReceiptKind.DELIVERED),
            at=now,
        )
        failpoint("notify.sms.answered")
        if fault in _ANSWER_LOST:
            return ambiguous(detail="the answer got lost")
        return accepted(provider_id=name_of(row), code="sim")

    def read_news(self, push: Push, *, now: datetime) -> list[Told]:  # noqa: ARG002 -- the port's
        """Nothing is pushed: the worker tells."""
        raise NotGenuine

    def read_text(self, push: Push, *, now: datetime) -> Arrived | None:  # noqa: ARG002 -- likewise
        """Nothing is pushed: the simulator's page brings it."""
        raise NotGenuine


def name_of(row: SimulatedText) -> str:
    """Return what the simulated carrier calls a text."""
    return f"sim-{row.pk}"
