"""What a member of staff may set aside on purpose. Never: that somebody else has the time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overrides:
    """Explicit flags of a staff booking; those used are in the audit trail.

    ``outside_hours`` sets aside hours, closures and time off of everyone and everything the booking
    needs. ``window`` sets aside lead time and horizon, and ``off_grid`` the start grid, for actors who
    are not staff (a program with a token); staff need neither flag.
    """

    outside_hours: bool = False
    window: bool = False
    off_grid: bool = False

    def named(self) -> list[str]:
        """Return the flags that are set, as the audit words them."""
        return [name for name in ("outside_hours", "window", "off_grid") if getattr(self, name)]


NONE = Overrides()
