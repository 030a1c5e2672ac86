"""The words of the trace, as the operator reads them: those of every page, for those who run the place."""

from __future__ import annotations

from dataclasses import dataclass

from clientela.notify.models import Message
from clientela.web.message_words import message_title, reason_words
from clientela.web.states import Audience


@dataclass(frozen=True, slots=True)
class Told:
    """A message with the words for it. ``detail`` is what the carrier said last, in its own words."""

    message: Message
    rule: str
    reason: str
    detail: str = ""


def told(message: Message) -> Told:
    """Put the words beside a message; its attempts are read where they were fetched with it."""
    attempts = list(message.attempts.all())
    last = attempts[-1] if attempts else None
    words = reason_words(
        message.reason,
        audience=Audience.STAFF,
        channel=message.channel,
        because=message.because,
        tried=bool(message.tries),
    )
    return Told(
        message=message,
        rule=message_title(message.rule, message.channel, message.timing),
        reason=words.text,
        detail=f"{last.code} {last.detail}".strip() if last else "",
    )
