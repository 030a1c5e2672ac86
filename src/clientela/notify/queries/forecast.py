"""The forecast: who will get what and when, and what not and why, said before anything is saved.

It is made by the same lines and the same decision that planning and sending use, so that it is a promise: if nothing
changes meanwhile, the trace says the same afterwards.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.accounts.models import Account
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.notify.models import Reason, Recipient, Rule
from clientela.notify.occasions import STAFFS_OWN, Fact, Occasion
from clientela.notify.queries.credits_left import credits_left_after
from clientela.notify.queries.plan import PlanLine
from clientela.notify.queries.planned_lines import PREVIOUS, PlannedLine, planned_lines
from clientela.people.models import Client, NotifyBy
from clientela.rules.lifecycle import Status

# By whom an appointment is booked, if nobody says so.
_BY: Final = {Channel.STAFF: "staff", Channel.API: "api", Channel.IMPORT: "system"}
_SAYS_SO: Final = frozenset({"guest", "client", "api"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A booking that is about to be made.

    For a ``card``; or for who is signed in and has none yet (``account``); or for a guest, with ``email`` and
    ``phone`` (E.164) as typed, who will hear by ``notify_by``. ``status`` is what it will be: confirmed, or
    requested. Without a ``professional`` (anybody who is free) nobody knows yet which one will be told.
    """

    business: Business
    service: Service
    location: Location
    starts_at: datetime
    ends_at: datetime
    channel: Channel = Channel.WEB
    by: str = ""
    status: Status = Status.CONFIRMED
    professional: Professional | None = None
    card: Client | None = None
    account: Account | None = None
    email: str = ""
    phone: str = ""
    zone: str = ""
    language: str = ""
    notify_by: NotifyBy = NotifyBy.EMAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastLine:
    """One message there will be, or not. ``queued``: it will leave, at ``leaves_at``.

    ``due_at`` is its time by the plan; it leaves later where the reader is to be left alone till then. ``zone``
    is the reader's.
    """

    rule: Rule
    timing: str
    recipient: Recipient
    channel: str
    due_at: datetime
    leaves_at: datetime
    reason: Reason
    because: str
    address: str
    zone: str

    @property
    def will_be_sent(self) -> bool:
        """Whether there will be such a message."""
        return self.reason is Reason.QUEUED


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Where an appointment is about to be moved."""

    starts_at: datetime
    ends_at: datetime
    location: Location
    professional: Professional
    zone: str | None = None


def forecast(*, wish: Wish, now: datetime) -> list[ForecastLine]:
    """Return every message the booking will cause, to client and staff, in the order of the plan."""
    appointment = _unwritten(wish)
    by = wish.by or _BY.get(wish.channel, "guest")
    left = (
        credits_left_after(card=wish.card, service=wish.service, appointment=appointment, now=now)
        if wish.card
        else None
    )
    occasion = Occasion(
        appointment=appointment,
        fact=Fact.REQUESTED if wish.status is Status.REQUESTED else Fact.BOOKED,
        occurrence=0,
        happened_at=now,
        tells_staff=by not in STAFFS_OWN,
        credits_left=left,
        is_word=by in _SAYS_SO,
    )
    lines = planned_lines(occasions=[occasion], now=now)
    if wish.professional is None:
        lines = [one for one in lines if one.line.recipient is not Recipient.PROFESSIONAL]
    return [_told(one, now) for one in lines]


def forecast_of(
    *,
    appointment: Appointment,
    fact: Fact = Fact.STANDS,
    by: str = "staff",
    change: Change | None = None,
    plan: Sequence[PlanLine] | None = None,
    now: datetime,
) -> list[ForecastLine]:
    """Return every message that this fact about an appointment would cause, if it happened now.

    ``stands``: what still waits for its time. With ``change`` it is moved there (``fact`` is then ``moved``).
    ``plan`` tries another plan than the stored one: all its lines, as ``plan_of`` returns them. The appointment
    comes with business, client and the professional's account.
    """
    fact = fact if change is None else Fact.MOVED
    occasion = _occasion(appointment, fact=fact, change=change, by=by, now=now)
    return [_told(one, now) for one in planned_lines(occasions=[occasion], plan=plan, now=now)]


def forecast_of_each(
    *, appointments: Sequence[Appointment], fact: Fact, by: str = "staff", now: datetime
) -> dict[UUID, list[ForecastLine]]:
    """Return the same for one fact about several appointments at once, by their ids; a fixed number of queries."""
    occasions = [_occasion(one, fact=fact, change=None, by=by, now=now) for one in appointments]
    found: dict[UUID, list[ForecastLine]] = {one.pk: [] for one in appointments}
    for line in planned_lines(occasions=occasions, now=now):
        found[line.occasion.appointment.pk].append(_told(line, now))
    return found


def _occasion(
    appointment: Appointment, *, fact: Fact, change: Change | None, by: str, now: datetime
) -> Occasion:
    return Occasion(
        appointment=_as_it_would_be(appointment, fact, change),
        fact=fact,
        occurrence=appointment.sequence + (fact is not Fact.STANDS),
        happened_at=now,
        tells_staff=by not in STAFFS_OWN,
        facts={PREVIOUS: str(appointment.professional_id)},
    )


def for_client(lines: Iterable[ForecastLine]) -> list[ForecastLine]:
    """Return the lines that are the client's to see."""
    return [one for one in lines if one.recipient is Recipient.CLIENT]


_ENDS: Final = {
    Fact.CANCELLED: Status.CANCELLED,
    Fact.DECLINED: Status.DECLINED,
    Fact.CONFIRMED: Status.CONFIRMED,
}


def _as_it_would_be(appointment: Appointment, fact: Fact, change: Change | None) -> Appointment:
    """Return a copy, changed as the fact would change it; nothing is written."""
    copied = copy.copy(appointment)
    copied._state = copy.copy(appointment._state)
    copied._state.fields_cache = dict(appointment._state.fields_cache)
    copied.status = _ENDS.get(fact, Status(appointment.status)).value
    if change is not None:
        copied.starts_at, copied.ends_at = change.starts_at, change.ends_at
        copied.location, copied.promised_zone = change.location, change.location.zone
        copied.professional = change.professional
        copied.zone = appointment.zone if change.zone is None else change.zone
    return copied


def _unwritten(wish: Wish) -> Appointment:
    """Return the appointment as booking would write it, as far as messages depend on it."""
    appointment = Appointment(
        business=wish.business,
        service=wish.service,
        location=wish.location,
        client=wish.card or _unwritten_card(wish),
        status=wish.status.value,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        promised_zone=wish.location.zone,
        zone=wish.zone,
        channel=wish.channel,
        address_used=wish.email,
        phone_used=wish.phone,
        language=wish.language,
    )
    if wish.professional is not None:
        appointment.professional = wish.professional
    return appointment


def _unwritten_card(wish: Wish) -> Client:
    """Return the card that the booking will make. Who signed in is active with it, and hears at their log-in address."""
    account = wish.account
    return Client(
        business=wish.business,
        account=account,
        zone=account.zone if account else "",
        activated_at=wish.starts_at if account else None,
        notify_by=wish.notify_by,
    )


def _told(line: PlannedLine, now: datetime) -> ForecastLine:
    verdict = line.outlook(now=now)
    return ForecastLine(
        rule=line.line.rule,
        timing=line.line.timing,
        recipient=line.addressee.recipient,
        channel=line.reach.channel,
        due_at=line.due_at,
        leaves_at=verdict.wait_until or line.due_at,
        reason=verdict.reason,
        because=verdict.because,
        address=line.reach.address,
        zone=line.addressee.zone,
    )
