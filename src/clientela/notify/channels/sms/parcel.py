"""A text ready to leave, from a message as it stands."""

from __future__ import annotations

from datetime import datetime

from clientela.notify.channels.sms.port import TextParcel
from clientela.notify.errors import NoTextGateway
from clientela.notify.models import Message, SenderKind
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.queries.series import told_appointments
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.short_text import short_text
from clientela.rules.text_segments import segments


def compose(message: Message, *, policy: ClientPolicy | None = None, now: datetime) -> TextParcel:
    """Write the text of a message as of ``now``; refuses ``NoTextGateway`` where the business has none."""
    gateway = open_gateway(business_id=message.business_id)
    if gateway is None:
        raise NoTextGateway
    told = told_appointments(message, now=now)
    body = short_text(
        message=message,
        told=told,
        policy=policy,
        can_answer=gateway.sender_kind != SenderKind.NAME,
    )
    return TextParcel(
        gateway=gateway,
        number=message.address,
        body=body,
        reference=message.pk,
        segments=segments(body),
    )
