"""How a message looks where it arrives: a mail, a text with what it costs, a notice on a device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clientela.notify.letter import Letter, write_letter
from clientela.notify.models import Message, SenderKind, TextGateway
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.reach import EMAIL, SMS
from clientela.notify.short_text import PushText, push_text, short_text
from clientela.rules.text_segments import Measure, measure


@dataclass(frozen=True, slots=True)
class Preview:
    """One message as it would arrive. Of a text, what it is counted as; the price only with a gateway."""

    kind: Literal["email", "sms", "push"]
    letter: Letter | None = None
    text: str = ""
    measure: Measure | None = None
    sender: str = ""
    cost_minor: int | None = None
    currency: str = ""
    push: PushText | None = None


def preview_of(message: Message, *, policy: ClientPolicy, gateway: TextGateway | None) -> Preview:
    """Write the message as it would leave, by the same hand that writes the real ones."""
    if message.channel == EMAIL:
        return Preview("email", letter=write_letter(message, policy=policy))
    if message.channel == SMS:
        return _text(message, policy, gateway)
    return Preview("push", push=push_text(message=message, policy=policy))


def _text(message: Message, policy: ClientPolicy, gateway: TextGateway | None) -> Preview:
    can_answer = gateway is None or gateway.sender_kind != SenderKind.NAME
    text = short_text(message=message, policy=policy, can_answer=can_answer)
    measured = measure(text)
    return Preview(
        "sms",
        text=text,
        measure=measured,
        sender=gateway.sender if gateway else message.appointment.business.name,
        cost_minor=measured.segments * gateway.price_minor if gateway else None,
        currency=gateway.currency if gateway else "",
    )
