"""What messages must be decided on: each with its appointments, how its reader is reached, and what they want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Prefetch

from clientela.booking.models import Appointment
from clientela.business.models import Professional
from clientela.notify.decisions import (
    LATER,
    LINE_DOWN,
    Case,
    Present,
    Verdict,
    decide,
    is_superseded,
)
from clientela.notify.models import Message, Recipient, Rule
from clientela.notify.occasions import CARRIER
from clientela.notify.queries.circumstances import Circumstances, circumstances
from clientela.notify.queries.client_policy import ClientPolicy, client_policies
from clientela.notify.queries.offered import give_stand_ins, gone_offers
from clientela.notify.queries.reaches import Target, reaches_of, target_of
from clientela.notify.queries.recipients import target_of_professional
from clientela.notify.queries.series import told_appointments
from clientela.notify.reach import Reach
from clientela.rules import message_timing
from clientela.rules.lifecycle import Status

# Fields the letter reads.
FOR_LETTER: Final = (
    "appointment__business",
    "appointment__service",
    "appointment__professional__resource",
    "appointment__professional__account",
    "appointment__location",
    "appointment__client",
)
# Of many messages what they share is read once, and not with each row.
_MANY: Final = 10
_OWN: Final = ("appointment__client",)
_SHARED: Final = (
    "appointment__business",
    "appointment__service",
    Prefetch(
        "appointment__professional",
        Professional._base_manager.select_related("resource", "account"),
    ),
    "appointment__location",
)
# Whose acts may be a stranger's: a guest proves nothing, and what lapses by itself was theirs.
STRANGERS: Final = frozenset({"guest", "client", "system"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMessage:
    """A message and what it depends on. ``told`` are the appointments it speaks of, in order.

    ``reach`` is how its reader is reached now; ``case`` is what the decision is made from.
    """

    message: Message
    told: Sequence[Appointment]
    policy: ClientPolicy
    reach: Reach
    case: Case

    def verdict(self, now: datetime) -> Verdict:
        """Decide by the present state: ``queued`` without ``wait_until`` means send it now."""
        return decide(case=self.case, now=now)

    @property
    def is_stranger_made(self) -> bool:
        """Whether a stranger may have caused it, so that it counts in the mail budget of its address."""
        by = self.message.facts.get("by")
        if self.case.wishes is None or by not in STRANGERS:
            return False
        return by == "guest" or not self.reach.is_verified

    def versions(self) -> dict[UUID, tuple[int, str]]:
        """What each appointment was when it was read: if one is another by now, the mail must not leave.

        An offer has none: that its time is still free is as true as it can be when nothing is held.
        """
        if self.message.offer_id is not None:
            return {}
        return {one.pk: (one.sequence, one.status) for one in self.told}


def due_messages(*, ids: Sequence[UUID], now: datetime) -> list[DueMessage]:
    """Return these messages in this order; up to fourteen queries for all, and one for each series among them.

    Offers of the waiting list are asked of the calendar again, a few queries each.
    """
    rows = _rows(ids)
    messages = [rows[one] for one in ids if one in rows]
    if not messages:
        return []
    give_stand_ins(messages)
    gone = gone_offers(messages, now=now)
    told = [told_appointments(one, now=now) for one in messages]
    for message, appointments in zip(messages, told, strict=True):
        # A series is told as long as one of it stands, though the first may be cancelled by now.
        message.appointment = appointments[0]
    given = _given(messages)
    for message in messages:
        if message.recipient == Recipient.CLIENT:
            message.hearer = given.hearers.get(message.appointment.client_id)
    targets = [_target(one) for one in messages]
    reaches = reaches_of(targets=targets, countries=given.plans.countries)
    return [
        DueMessage(
            message=message,
            told=appointments,
            policy=given.policy(message.business_id),
            reach=reach[message.channel],
            case=_case(message, reach[message.channel], given, is_gone=message.offer_id in gone),
        )
        for message, appointments, reach in zip(messages, told, reaches, strict=True)
    ]


def _rows(ids: Sequence[UUID]) -> dict[UUID, Message]:
    """Return the messages with everything that their letters read."""
    if len(ids) <= _MANY:
        return Message.objects.select_related(*FOR_LETTER).in_bulk(list(ids))
    rows = Message.objects.select_related(*_OWN).prefetch_related(*_SHARED)
    return rows.in_bulk(list(ids))


def _given(messages: Sequence[Message]) -> Circumstances:
    businesses = {one.business_id for one in messages}
    return circumstances(
        business_ids=businesses,
        cards=[one.appointment.client for one in messages if one.recipient == Recipient.CLIENT],
        policies=client_policies(businesses),
    )


def _target(message: Message) -> Target:
    """Client and professional as they are reached now; whoever else at the address the row was planned with."""
    appointment = message.appointment
    if message.recipient == Recipient.CLIENT:
        return target_of(appointment, reader=message.reader)
    if message.recipient_id == appointment.professional_id:
        return target_of_professional(appointment.professional)
    return Target(business_id=message.business_id, email=message.address, is_verified=True)


def _case(message: Message, reach: Reach, given: Circumstances, *, is_gone: bool) -> Case:
    appointment, rule = message.appointment, Rule(message.rule)
    is_clients = message.recipient == Recipient.CLIENT
    status = Status(appointment.status)
    return Case(
        rule=rule,
        reach=reach,
        due_at=message.due_at,
        starts_at=appointment.starts_at,
        off=_off(message, given),
        present=Present(
            status=status,
            is_superseded=is_gone
            or is_superseded(
                rule=rule,
                status=status,
                sequence=appointment.sequence,
                occurrence=message.occurrence,
                is_moved=_is_moved(message) if rule in LATER else None,
            ),
        ),
        tried=message.tries > 0,
        is_line_down=message.because == LINE_DOWN,
        next_try_at=message.send_at,
        wishes=given.wishes(appointment=appointment, reach=reach, rule=rule)
        if is_clients
        else None,
        is_told_elsewhere=CARRIER in message.facts,
    )


def _off(message: Message, given: Circumstances) -> str:
    """Say why the business does not send it; blank: it does."""
    held = given.held(message.business_id)
    if held:
        return held
    if message.channel not in given.plans.channels(message.business_id):
        return "no-gateway"
    plan = given.plans.of(
        business_id=message.business_id, service_id=message.appointment.service_id
    )
    asked = (message.rule, message.recipient, message.timing)
    line = next((one for one in plan if (one.rule, one.recipient, one.timing) == asked), None)
    if line is None or message.channel not in line.channels:
        return "not-in-plan"
    return "" if line.is_on else "switched-off"


def _is_moved(message: Message) -> bool:
    """Say whether a message that waits has another time by now, or another reader."""
    appointment = message.appointment
    due_at = message_timing.due_at(
        timing=message_timing.parse(message.timing),
        happened_at=message.due_at,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        zone=appointment.promised_zone,
    )
    is_givers = message.recipient == Recipient.PROFESSIONAL
    is_anothers = is_givers and message.recipient_id != appointment.professional_id
    return is_anothers or due_at != message.due_at
