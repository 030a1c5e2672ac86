"""Which message somebody missed: any, or by which way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import pgettext

from clientela.notify.reach import CHANNELS
from clientela.web.design.shapes import Link
from clientela.web.message_words import channel_name


def asked_in(given: Mapping[str, str]) -> str:
    """Return the channel that was asked about; anything else is any."""
    said = given.get("channel", "")
    return said if said in CHANNELS else ""


def choices(page: str, *, asked: str, among: Sequence[str] = CHANNELS) -> list[Link]:
    """The ways to ask."""
    joint = "&" if "?" in page else "?"
    anything = Link(label=pgettext("missing message", "Anything"), url=page, current=not asked)
    return [
        anything,
        *(
            Link(label=channel_name(one), url=f"{page}{joint}channel={one}", current=one == asked)
            for one in among
        ),
    ]
