"""Facts about support. Frozen, in the past tense; ids and numbers only, never words or an address."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class AnswerUnseen(Event):
    """The support answered and the person has not looked for a while: they are to be told by mail."""

    thread_id: UUID
