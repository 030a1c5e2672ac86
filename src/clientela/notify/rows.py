"""The row of a message that is planned: built here, written by actions."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from clientela.notify.models import Message
from clientela.notify.occasions import CARRIER, LEFT, STARTS
from clientela.notify.queries.planned_lines import PlannedLine
from clientela.platform.ids import uuid7


def row_of(line: PlannedLine, *, now: datetime) -> Message:
    """Return the new row of a line, with the name by which every copy of the message will be known."""
    key = uuid7()
    appointment = line.occasion.appointment
    return Message(
        id=key,
        business_id=appointment.business_id,
        appointment=None if line.occasion.offer else appointment,
        offer=line.occasion.offer,
        rule=line.line.rule,
        timing=line.line.timing,
        recipient=line.addressee.recipient,
        channel=line.reach.channel,
        message_id=message_id_of(key),
        created_at=now,
        **planned_values(line, now=now),
    )


def planned_values(line: PlannedLine, *, now: datetime) -> dict[str, object]:
    """Return the columns that planning decides: new rows get them, and rows that are moved get them anew."""
    verdict = line.verdict
    occasion = line.occasion
    return {
        "occurrence": occasion.appointment.sequence if line.is_later else occasion.occurrence,
        "recipient_id": line.addressee.id,
        "reason": verdict.reason,
        "because": verdict.because,
        "address": line.reach.address,
        # As things stand; the attempt notes the statement that holds when it begins.
        "consent_id": verdict.consent_id,
        "language": line.addressee.language,
        "zone": line.addressee.zone,
        "facts": facts_of(line),
        "due_at": line.due_at,
        "send_at": (verdict.wait_until or line.due_at) if verdict.goes else None,
        "settled_at": None if verdict.goes else now,
    }


def facts_of(line: PlannedLine) -> dict[str, str]:
    """Return what the letter needs of the fact, and what tells later whether the row still holds."""
    occasion = line.occasion
    if line.is_later:
        return {STARTS: occasion.appointment.starts_at.isoformat()}
    facts = dict(occasion.facts)
    if occasion.is_carried:
        facts[CARRIER] = str(occasion.carrier)
    if occasion.credits_left is not None:
        facts[LEFT] = str(occasion.credits_left)
    return facts


def message_id_of(key: UUID) -> str:
    """Return the Message-ID for ever: every copy of the message bears it."""
    return f"<{key}@{urlsplit(settings.PUBLIC_URL).hostname}>"
