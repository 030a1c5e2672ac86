"""What a member of staff may set aside on purpose. Never: that somebody else has the time."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Overrides:
    """Explicit flags of a staff booking; those used are in the audit trail.

    ``outside_hours`` sets aside hours, closures and time off of everyone and everything the booking
    needs. ``window`` sets aside lead time and horizon, and ``off_grid`` the start grid, for actors who
    are not staff (a program with a token); staff need neither flag. ``bound_professional`` books a client who
    is bound to one professional with another; only the staff's own hand sets it.
    """

    outside_hours: bool = False
    window: bool = False
    off_grid: bool = False
    bound_professional: bool = False

    def named(self) -> list[str]:
        """Return the flags that are set, as the audit words them."""
        return [field.name for field in fields(self) if getattr(self, field.name)]


NONE = Overrides()
