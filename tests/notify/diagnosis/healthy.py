"""A client with whom everything is in order: what the faults of the matrix are made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from clientela.notify.diagnosis.facts import (
    Facts,
    Gateway,
    Line,
    Mailbox,
    Phone,
    Running,
    SenderDomain,
    Wishes,
    Zones,
)
from clientela.notify.models import Reason, Rule, SenderKind
from clientela.people.models import How, NotifyBy
from clientela.people.phones import NumberKind
from clientela.rules.sender_records import State
from clientela.rules.zone_choice import ZoneMode

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MADRID = "Europe/Madrid"


def line(reason: Reason = Reason.HANDED_OVER, *, channel: str = "email", **fields: Any) -> Line:
    """One reminder that ended so, an hour ago, of an appointment still ahead."""
    usual: dict[str, Any] = {
        "message": UUID(int=1),
        "appointment": UUID(int=2),
        "rule": Rule.REMINDER,
        "timing": "before:1440",
        "channel": channel,
        "reason": reason,
        "because": "",
        "at": NOW - timedelta(hours=1),
        "zone": MADRID,
        "is_open": reason is Reason.QUEUED,
        "can_resend": True,
    }
    return Line(**{**usual, **fields})


HEALTHY = Facts(
    now=NOW,
    asked="",
    business="Fisio Retiro",
    name="Ana Prueba",
    appointment=UUID(int=2),
    is_ahead=True,
    lines=(line(), line(Reason.DELIVERED, channel="sms", message=UUID(int=3))),
    running=Running(worker_is_alive=True),
    domains=(SenderDomain(name="example.net", spf=State.PASS, dkim=State.PASS, dmarc=State.PASS),),
    mailbox=Mailbox(address="ana@example.com", is_proved=True, used="ana@example.com"),
    phone=Phone(
        number="+34600000012",
        kind=NumberKind.MOBILE,
        delivered_at=NOW - timedelta(hours=1),
        used="+34600000012",
    ),
    gateway=Gateway(sender="+34910000000", kind=SenderKind.LONG_NUMBER),
    zones=Zones(
        at=NOW + timedelta(days=1),
        mode=ZoneMode.CLIENT_CHOOSES,
        place=MADRID,
        device=MADRID,
        reader=MADRID,
        told=MADRID,
        is_by_hand=True,
    ),
    wishes=Wishes(
        notify_by=NotifyBy.EMAIL_AND_SMS,
        has_account=True,
        is_activated=True,
        consented=NotifyBy.EMAIL_AND_SMS,
        consented_at=NOW - timedelta(days=30),
        consented_how=How.ACTIVATION,
    ),
    devices=1,
)


def with_(part: str, **fields: Any) -> Facts:
    """The same, but for some values of one part."""
    return replace(HEALTHY, **{part: replace(getattr(HEALTHY, part), **fields)})
