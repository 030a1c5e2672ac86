"""What an appointment is called in the ledger, which knows no appointments."""

from __future__ import annotations

from typing import Final
from uuid import UUID

_PREFIX: Final = "appointment:"


def cause_of(appointment_id: UUID) -> str:
    """Return the cause under which an appointment's credit is redeemed."""
    return f"{_PREFIX}{appointment_id}"


def appointment_id_of(cause: str) -> UUID | None:
    """Return the appointment that a cause names; ``None``: it names something else."""
    if not cause.startswith(_PREFIX):
        return None
    try:
        return UUID(cause.removeprefix(_PREFIX))
    except ValueError:
        return None
