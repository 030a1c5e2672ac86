"""QuietTime: when a person does not want to be disturbed, as they said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clientela.people.errors import QuietTimeInvalid

MINUTES_OF_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class QuietTime:
    """From and until as minutes of the person's own day, usually over midnight.

    Both ``None``: as the business has set it. Both the same: never quiet, texts may come at any hour.
    """

    from_minute: int | None = None
    until_minute: int | None = None

    def checked(self) -> QuietTime:
        """Return it unchanged; refuses half a stretch and minutes that no day has."""
        ends = (self.from_minute, self.until_minute)
        if ends == (None, None):
            return self
        if any(one is None or not 0 <= one < MINUTES_OF_A_DAY for one in ends):
            raise QuietTimeInvalid(field="quiet")
        return self


AS_THE_BUSINESS: Final = QuietTime()
NEVER_QUIET: Final = QuietTime(0, 0)
