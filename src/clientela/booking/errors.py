"""What booking/ may refuse, in the words that page, API, audit and test share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from clientela.booking.slot import Slot
from clientela.platform.refusal import Refusal
from clientela.rules.unavailability import Why


class StartRefused(Refusal):
    """A start cannot be had. ``reasons`` says why (all that apply), ``alternatives`` what is near and free."""

    reason = "not-bookable"

    def __init__(
        self,
        reason: str | None = None,
        *,
        reasons: Sequence[Why] = (),
        alternatives: Sequence[Slot] = (),
    ) -> None:
        """Refuse for the first of the reasons, unless a word is given."""
        word = reason or (str(reasons[0].reason) if reasons else None)
        super().__init__(word, reasons=list(reasons), alternatives=list(alternatives))

    @property
    def reasons(self) -> list[Why]:
        """Every reason that applies, in the order a person should mend them."""
        return cast("list[Why]", self.facts["reasons"])

    @property
    def alternatives(self) -> list[Slot]:
        """The nearest free starts, in order of time."""
        return cast("list[Slot]", self.facts["alternatives"])


class SlotTaken(StartRefused):
    """Somebody else has it: the reason is ``slot-taken``, or ``session-full`` for a group."""

    reason = "slot-taken"

    def __init__(
        self,
        reason: str = "slot-taken",
        *,
        reasons: Sequence[Why] = (),
        alternatives: Sequence[Slot] = (),
    ) -> None:
        """Refuse with what is near and free."""
        super().__init__(reason, reasons=reasons, alternatives=alternatives)


class NotBookable(StartRefused):
    """The rules do not offer this start; the reason is the first word of ``rules/unavailability.py``."""


class ChangeRefused(Refusal):
    """The policy does not let this person change the appointment now.

    The reason is a word of ``rules/change_policy.py`` (``too-late``, ``switched-off``, ``already-past``,
    ``not-open``); the facts say until when it was possible and whom to call.
    """

    reason = "not-open"

    def __init__(
        self, reason: str, *, closes_at: datetime | None = None, contact: str = ""
    ) -> None:
        """Refuse with the cut-off and the business's contact."""
        super().__init__(reason, closes_at=closes_at, contact=contact)

    @property
    def closes_at(self) -> datetime | None:
        """The last instant at which it was possible; ``None``: clients never may."""
        return cast("datetime | None", self.facts["closes_at"])

    @property
    def contact(self) -> str:
        """Telephone or address of the business."""
        return cast("str", self.facts["contact"])


class StaleState(Refusal):
    """Somebody changed the appointment meanwhile: look again."""

    reason = "stale-state"


class MoveNotAllowed(Refusal):
    """The life of an appointment has no such step (``rules/lifecycle.py``)."""

    reason = "not-open"


class TooEarly(Refusal):
    """Nobody can have come, or stayed away, before the start."""

    reason = "not-started"


class SeriesRefused(Refusal):
    """A series was to be booked whole, and some of its dates cannot be had."""

    reason = "series-refused"

    def __init__(self, *, refused: Sequence[tuple[str, str]]) -> None:
        """Refuse with each date that failed and its reason word."""
        super().__init__(refused=list(refused))

    @property
    def refused(self) -> list[tuple[str, str]]:
        """The wall-clock starts that cannot be had, each with a reason word."""
        return cast("list[tuple[str, str]]", self.facts["refused"])


class LoginRequired(Refusal):
    """The business lets only people with an account book, and this one came without."""

    reason = "login-required"


class NotLent(Refusal):
    """Nobody of that name lets this person book for them: they never did, took it back, or left the household."""

    reason = "not-lent"


class CreditNotLent(Refusal):
    """Nobody lets this person use that credit: it never was lent, was taken back, or the household is left."""

    reason = "credit-not-lent"


class StillAhead(Refusal):
    """An appointment that will take place cannot be put out of sight: cancel it first."""

    reason = "still-ahead"


class LocationMissing(Refusal):
    """The business has no active location, or the one named is not active."""

    reason = "location-missing"


class ZoneUnknown(Refusal):
    """Not the name of a time zone."""

    reason = "zone-unknown"


class StaffOnly(Refusal):
    """Only the business may do this, not its client."""

    reason = "staff-only"


class SessionUnsuitable(Refusal):
    """A session belongs to a group service, and has at least one seat."""

    reason = "session-unsuitable"


class ClientGone(Refusal):
    """The card was erased meanwhile: there is nobody to book for."""

    reason = "client-gone"


class HoldEnded(Refusal):
    """The time was held while its client paid, and was given back."""

    reason = "hold-ended"


class NotPending(Refusal):
    """The appointment does not wait for a credit: it has one, or had."""

    reason = "not-pending"


class PromiseInTheWay(Refusal):
    """New clocks put a promised time onto one that is taken; ``appointments`` and ``sessions`` name whose."""

    reason = "promise-in-the-way"

    @property
    def holders(self) -> list[tuple[str, UUID]]:
        """What stands there, each as what it is (``appointment`` or ``session``) and its id."""
        facts = cast("dict[str, list[UUID]]", self.facts)
        return [
            (kind, key) for kind in ("appointment", "session") for key in facts.get(f"{kind}s", [])
        ]


class PromiseGone(Refusal):
    """New clocks jump over the promised reading, or know its zone no more: a person must agree on another time."""

    reason = "promise-gone"


class WaitRefused(Refusal):
    """Nobody can wait like that.

    ``wait-days-refused`` (backwards, over, or too long), ``wait-hours-refused``, ``wait-not-offered`` (clients do not
    book this here, so no time of it is ever offered), ``too-many-waits`` (the client waits for enough already).
    """

    reason = "wait-days-refused"


class ReclassifyRefused(Refusal):
    """This marker is not corrected, or not by this person: a word of ``rules/reclassification.py``."""

    reason = "client-must-confirm"
