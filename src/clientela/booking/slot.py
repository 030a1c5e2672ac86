"""Slot: an offered start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Slot:
    """A start that can be booked now, and who is free then, in the owner's order.

    Of a group service, ``seats_left`` is how many more can come, and ``session_id`` the session that
    stands already (``None`` where the first client opens one).
    """

    starts_at: datetime
    ends_at: datetime
    professional_ids: tuple[UUID, ...]
    seats_left: int | None = None
    session_id: UUID | None = None
