"""What a diagnosis looks at, as plain values. ``gather.py`` reads them, the checks only compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clientela.notify.models import Reason, Rule, SenderKind, Trouble
from clientela.notify.queries.trace import TraceLine
from clientela.notify.reach import SMS
from clientela.people.models import How, NotifyBy
from clientela.people.phones import NumberKind
from clientela.rules.sender_records import State
from clientela.rules.zone_choice import ZoneMode, ZoneSource


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One message to the client, as it stands.

    ``reason`` is what became of it, or, while it waits, what would as things stand. ``at`` is when that was
    settled or will be; ``can_resend``, whether it may be sent once more and is still news. ``traced`` is the line of
    the trace that it was read from.
    """

    message: UUID
    appointment: UUID
    rule: Rule
    timing: str
    channel: str
    reason: Reason
    because: str
    at: datetime
    zone: str
    is_open: bool
    can_resend: bool
    traced: TraceLine | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """Whether messages leave this installation at all."""

    worker_is_alive: bool
    held_since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SenderDomain:
    """A domain our mails come from, and what its public records say."""

    name: str
    spf: State = State.UNKNOWN
    dkim: State = State.UNKNOWN
    dmarc: State = State.UNKNOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """Where e-mail goes. A blank ``address``: nowhere. ``used`` is the one the appointment was booked with."""

    address: str
    is_proved: bool = False
    trouble: Trouble | None = None
    since: datetime | None = None
    used: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Phone:
    """Where texts go. ``used`` is the number the appointment was booked with, ``others`` the card's further ones.

    ``delivered_at`` is when a carrier last said that a text arrived.
    """

    number: str
    kind: NumberKind = NumberKind.UNKNOWN
    trouble: Trouble | None = None
    since: datetime | None = None
    delivered_at: datetime | None = None
    used: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Gateway:
    """How the business sends texts. ``can_be_answered``: a name cannot."""

    sender: str
    kind: SenderKind
    failure: str = ""
    is_capped: bool = False
    is_country_off: bool = False
    unread: int = 0

    @property
    def can_be_answered(self) -> bool:
        """Whether START can be sent to it."""
        return self.kind is not SenderKind.NAME


@dataclass(frozen=True, kw_only=True, slots=True)
class Zones:
    """The zones that meet in an appointment, at ``at``; without an appointment, of the card and its business.

    ``device`` is the device that booked, ``reader`` the device of whoever asks; blank: unknown.
    """

    at: datetime
    mode: ZoneMode
    place: str
    booking: str = ""
    profile: str = ""
    device: str = ""
    reader: str = ""
    told: str = ""
    told_from: ZoneSource = ZoneSource.LOCATION
    is_by_hand: bool = False
    promise_holds: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What the client chose and may hear. ``gate`` is ``queued`` when the business's setting lets messages through.

    ``consented_at`` is when the newest statement was made, ``consented`` what it allows; None: there is none.
    """

    notify_by: NotifyBy
    gate: Reason = Reason.QUEUED
    has_account: bool = False
    is_activated: bool = False
    welcomed_at: datetime | None = None
    consented: NotifyBy | None = None
    consented_at: datetime | None = None
    consented_how: How | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Everything at one moment. ``asked`` is the channel that was asked about; blank: any."""

    now: datetime
    asked: str
    business: str
    name: str
    appointment: UUID | None
    is_ahead: bool
    lines: tuple[Line, ...]
    running: Running
    domains: tuple[SenderDomain, ...]
    mailbox: Mailbox
    phone: Phone
    gateway: Gateway | None
    zones: Zones
    wishes: Wishes
    devices: int = 0

    @property
    def texts_matter(self) -> bool:
        """Whether a missing text can be what is asked about."""
        return self.asked == SMS or (
            self.gateway is not None and self.wishes.notify_by is NotifyBy.EMAIL_AND_SMS
        )

    def with_reason(
        self, *reasons: Reason, channel: str = "", because: str | None = None
    ) -> tuple[Line, ...]:
        """The messages that ended so."""
        return tuple(
            line
            for line in self.lines
            if line.reason in reasons
            and channel in {"", line.channel}
            and because in {None, line.because}
        )


def to_resend(lines: Iterable[Line]) -> tuple[UUID, ...]:
    """Those of them that may be sent once more."""
    return tuple(line.message for line in lines if line.can_resend)


def has_stopped(phone: Phone) -> bool:
    """Whether the person ended texts to the number: that comes before anything they chose."""
    return phone.trouble in {Trouble.STOPPED, Trouble.COMPLAINED}
