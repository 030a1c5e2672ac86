"""Planning: a fact becomes one row per rule, recipient and channel, also where nothing will be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from clientela.booking.models import Appointment
from clientela.notify.decisions import decide_at_planning
from clientela.notify.models import Message, Reason, Recipient, Rule
from clientela.notify.queries.recipients import Addressee, addressees
from clientela.platform.ids import uuid7


@dataclass(frozen=True, slots=True)
class Occasion:
    """A fact about an appointment that people should hear of.

    ``for_client`` and ``for_staff`` are the rules that speak of it; None for silence. ``carrier`` is the
    appointment whose message says it: another one, when both were booked as one series.
    """

    appointment: Appointment
    occurrence: int
    for_client: Rule | None
    for_staff: Rule | None
    facts: Mapping[str, str]
    carrier: UUID


def plan_messages(*, occasion: Occasion, now: datetime) -> list[Message]:
    """Write the rows of an occasion and return them; asked again, it writes none twice.

    Runs in the transaction of the event's receipt. A queued row is due at once; the others say
    why there is none. Two recipients with one address get one message: the first in the order
    client, professional, desk.
    """
    everyone = addressees(
        occasion.appointment,
        previous_professional_id=occasion.facts.get("previous_professional_id", ""),
    )
    rows = [_row(occasion, addressee, rule, now) for addressee, rule in _pairs(occasion, everyone)]
    _suppress_doubles(rows)
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def _pairs(occasion: Occasion, everyone: Iterable[Addressee]) -> Iterable[tuple[Addressee, Rule]]:
    for addressee in everyone:
        is_client = addressee.recipient is Recipient.CLIENT
        rule = occasion.for_client if is_client else occasion.for_staff
        if rule is not None:
            yield addressee, rule


def _row(occasion: Occasion, addressee: Addressee, rule: Rule, now: datetime) -> Message:
    appointment = occasion.appointment
    reason = decide_at_planning(
        rule=rule,
        address=addressee.address,
        standing=addressee.standing,
        starts_at=appointment.starts_at,
        now=now,
    )
    if reason is Reason.QUEUED and occasion.carrier != appointment.pk:
        reason = Reason.DUPLICATE_SUPPRESSED
    key = uuid7()
    is_queued = reason is Reason.QUEUED
    return Message(
        id=key,
        business_id=appointment.business_id,
        appointment=appointment,
        occurrence=occasion.occurrence,
        rule=rule,
        recipient=addressee.recipient,
        recipient_id=addressee.id,
        channel="email",
        reason=reason,
        address=addressee.address,
        language=addressee.language,
        zone=addressee.zone,
        message_id=message_id_of(key),
        facts=dict(occasion.facts),
        due_at=now,
        send_at=now if is_queued else None,
        created_at=now,
        settled_at=None if is_queued else now,
    )


def _suppress_doubles(rows: list[Message]) -> None:
    """Let one address hear one fact once among the staff; a client who also works here is still a client."""
    seen: set[str] = set()
    for row in rows:
        if row.recipient == Recipient.CLIENT or row.reason != Reason.QUEUED:
            continue
        address = row.address.casefold()
        if address in seen:
            row.reason, row.send_at, row.settled_at = (
                Reason.DUPLICATE_SUPPRESSED,
                None,
                row.created_at,
            )
        seen.add(address)


def message_id_of(key: UUID) -> str:
    """Return the Message-ID for ever: every copy of the message bears it."""
    return f"<{key}@{urlsplit(settings.PUBLIC_URL).hostname}>"
