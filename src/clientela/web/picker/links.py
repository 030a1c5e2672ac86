"""Links of the picker: every choice is an address, and a start is offered as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _, ngettext

from clientela.booking.slot import Slot
from clientela.web.picker.asked import Asked, instant_text


class Linker(Protocol):
    """Makes the address in which those choices stand; `open_month` keeps the month unfolded."""

    def __call__(self, asked: Asked, /, *, open_month: bool = False) -> str:
        """Return the complete address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A start offered outside the day's list; `key` is what a form sends for it."""

    at: datetime
    key: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offerer:
    """Makes links to starts that keep the other choices."""

    kept: Asked
    link: Linker

    def __call__(self, slot: Slot) -> Offer:
        """Offer a free start."""
        return Offer(
            at=slot.starts_at,
            key=instant_text(slot.starts_at),
            url=self.link(self.kept.with_(start=slot.starts_at)),
            note=seat_words(slot),
        )


def seat_words(slot: Slot) -> str:
    """How many places a group has left; nothing for an appointment of one's own."""
    if slot.seats_left is None:
        return ""
    if slot.seats_left == 1:
        return _("last place")
    return ngettext("%(count)s place", "%(count)s places", slot.seats_left) % {
        "count": slot.seats_left
    }
