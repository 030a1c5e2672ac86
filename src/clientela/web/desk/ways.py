"""Messages as the desk reads them: a heading for what is said, and under it a line for each way it takes.

The forecast and the trace are drawn alike, so that what was promised can be held against what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from clientela.notify.models import Recipient
from clientela.notify.queries.forecast import ForecastLine
from clientela.notify.queries.trace import TraceLine
from clientela.notify.reach import CHANNELS, SMS
from clientela.people.phones import as_read
from clientela.web.message_beads import (
    leaves_words,
    outcome_words,
    outlook_of,
    reason_of,
    words_of_promise,
)
from clientela.web.message_words import (
    BeadState,
    channel_icon,
    channel_name,
    recipient_name,
    rule_name,
    timing_words,
)
from clientela.web.states import Audience

STAFF = Audience.STAFF
# The picture beside a heading is that of its best way: what arrived by email need not alarm because of a landline.
_BEST: tuple[BeadState, ...] = ("good", "wait", "", "stop", "none")
_ICONS: dict[BeadState, str] = {
    "good": "check",
    "wait": "hourglass",
    "": "calendar-clock",
    "stop": "triangle-alert",
    "none": "ban",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way of one message. ``icon`` is the way's; ``why`` what can be done, or what is against it."""

    icon: str
    state: BeadState
    name: str
    text: str
    address: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One message with all its ways."""

    title: str
    icon: str
    state: BeadState
    ways: Sequence[Way]


Key = tuple[str, str, str, datetime]


def promised(lines: Iterable[ForecastLine]) -> list[Told]:
    """What will be sent, in the order in which it leaves."""
    groups: dict[Key, list[Way]] = {}
    for line in lines:
        groups.setdefault(_key(line), []).append(_promise(line))
    return [_told(key, ways) for key, ways in sorted(groups.items(), key=lambda one: one[0][3])]


def traced(lines: Iterable[TraceLine], *, zone: str) -> list[Told]:
    """What was sent and will be, the latest first; times in ``zone``."""
    groups: dict[Key, list[Way]] = {}
    for line in sorted(lines, key=lambda one: CHANNELS.index(one.channel)):
        groups.setdefault(_key(line), []).append(_traced(line, zone))
    ordered = sorted(groups.items(), key=lambda one: one[0][3], reverse=True)
    return [_told(key, ways) for key, ways in ordered]


def _key(line: ForecastLine | TraceLine) -> Key:
    return (line.rule, line.timing, line.recipient, line.due_at)


def _told(key: Key, ways: list[Way]) -> Told:
    rule, timing, recipient, _due = key
    title = f"{rule_name(rule)} {timing_words(timing)}" if timing else rule_name(rule)
    if recipient != Recipient.CLIENT:
        title = _("%(what)s, to %(whom)s") % {"what": title, "whom": recipient_name(recipient)}
    state = min((way.state for way in ways), key=_BEST.index)
    return Told(title=title, icon=_ICONS[state], state=state, ways=ways)


def _promise(line: ForecastLine) -> Way:
    if line.will_be_sent:
        return Way(
            icon=channel_icon(line.channel),
            state="",
            name=channel_name(line.channel),
            text=leaves_words(line),
            address=as_read(line.address) if line.channel == SMS else line.address,
        )
    words = words_of_promise(line, audience=STAFF)
    return Way(
        icon=channel_icon(line.channel),
        state="none",
        name=channel_name(line.channel),
        text=_("no, %(cause)s") % {"cause": words.cause},
        address=as_read(line.address) if line.channel == SMS else line.address,
        why=words.next,
    )


def _traced(line: TraceLine, zone: str) -> Way:
    words = reason_of(line, audience=STAFF)
    hopeless = outlook_of(line, audience=STAFF)
    against = [hopeless.text, hopeless.next] if hopeless else [words.next]
    return Way(
        icon=channel_icon(line.channel),
        state="none" if hopeless else words.state,
        name=channel_name(line.channel),
        text=outcome_words(line, words, zone),
        address=as_read(line.address) if line.channel == SMS else line.address,
        why=". ".join(one for one in against if one),
    )
