"""The life of an appointment: one table says which state may follow which.

The diagram in the documentation is generated from this table, and every action moves through it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(StrEnum):
    """Where an appointment stands; the value is what databases, APIs and files hold."""

    HELD = "held"
    """Its client is paying; holds its time until then."""
    REQUESTED = "requested"
    """Waits for the staff's approval; holds its time."""
    CONFIRMED = "confirmed"
    ATTENDED = "attended"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    DECLINED = "declined"


ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.HELD: frozenset({Status.REQUESTED, Status.CONFIRMED, Status.CANCELLED}),
    Status.REQUESTED: frozenset({Status.CONFIRMED, Status.DECLINED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.ATTENDED, Status.NO_SHOW, Status.CANCELLED}),
    Status.ATTENDED: frozenset(),
    Status.NO_SHOW: frozenset(),
    Status.CANCELLED: frozenset(),
    Status.DECLINED: frozenset(),
}

OPEN = frozenset({Status.REQUESTED, Status.CONFIRMED})
"""Still to come: may be moved to another time or cancelled."""

HOLDS_TIME = frozenset(
    {Status.HELD, Status.REQUESTED, Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW}
)
"""Keeps its professional and rooms occupied. What took place, or was waited for, stays on the
record of that time; only a cancelled or declined appointment gives it back."""


def may_move(*, old: Status, new: Status) -> bool:
    """Say whether the table lets an appointment pass from one state to another."""
    return new in ALLOWED[old]


def is_final(status: Status) -> bool:
    """Say whether nothing may follow (a staff correction is its own, audited action)."""
    return not ALLOWED[status]


def diagram() -> str:
    """Return the table as the text of a Mermaid state diagram, for the documentation."""
    lines = [
        "stateDiagram-v2",
        f"    [*] --> {Status.HELD}",
        f"    [*] --> {Status.REQUESTED}",
        f"    [*] --> {Status.CONFIRMED}",
    ]
    for old, allowed in ALLOWED.items():
        lines += [f"    {old} --> {new}" for new in Status if new in allowed]
        if not allowed:
            lines.append(f"    {old} --> [*]")
    return "\n".join(lines) + "\n"
