"""The simulator: keeps what would have been mailed, for the pages under ``/simulator/``.

It stands where a mail server would: it takes a mail and remembers it, in a transaction of its
own, and knows nothing of what the sender notes about it. A copy is kept as a copy.
"""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Final, Self

from clientela.notify.channels import Result
from clientela.notify.channels.email.parcel import Parcel
from clientela.notify.models import Outcome, Reason, SimulatedMail
from clientela.notify.safe_text import one_line
from clientela.notify.simulated_faults import take_fault
from clientela.platform.failpoints import failpoint

_REFUSED: Final = {
    "refuse": Result(
        Outcome.REFUSED, code="550", detail="no such mailbox", reason=Reason.BOUNCED_HARD.value
    ),
    "later": Result(Outcome.RETRY, code="451", detail="try again later"),
}


class Session:
    """A hand-over to the simulator succeeds at once, unless a fault was ordered (``simulated_faults.py``)."""

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to close."""

    def hand_over(self, parcel: Parcel, *, now: datetime) -> Result:
        """Keep the mail, unless a fault was ordered that no server would have taken it with."""
        fault = take_fault(channel="email", address=parcel.recipient)
        if fault in _REFUSED:
            return _REFUSED[fault]
        SimulatedMail.objects.create(  # writes: it stands where a mail server would keep it
            address=parcel.recipient,
            subject=one_line(parcel.subject, longest=300),
            sender=parcel.sender,
            message_id=parcel.message_id,
            source=parcel.source,
            received_at=now,
        )
        failpoint("notify.simulator.accepted")
        if fault == "silent":
            return Result(Outcome.UNKNOWN, detail="the answer got lost")
        return Result(Outcome.ACCEPTED, code="250", detail="kept by the simulator")
