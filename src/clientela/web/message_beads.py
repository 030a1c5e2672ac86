"""What will be sent and what was: the forecast and the trace, drawn as one thread.

The promise before a booking and the proof after it look alike on purpose, and say the same causes in the same
words (``web/message_words.py``). "Handed over" is never shown as delivered.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _, pgettext

from clientela.notify.decisions import LINE_DOWN
from clientela.notify.models import Reason, Recipient
from clientela.notify.queries.forecast import ForecastLine
from clientela.notify.queries.trace import TraceLine
from clientela.notify.reach import SMS
from clientela.people.phones import as_read
from clientela.web.design.shapes import Bead
from clientela.web.message_words import (
    ReasonWords,
    channel_icon,
    message_title,
    reason_words,
    recipient_name,
)
from clientela.web.refusals import when
from clientela.web.states import Audience


def promise(line: ForecastLine, *, audience: Audience) -> Bead:
    """One message that is to come, or not."""
    title = title_of(line, audience=audience)
    if line.will_be_sent:
        return Bead(icon=channel_icon(line.channel), title=title, when=leaves_words(line))
    words = words_of_promise(line, audience=audience)
    return Bead(icon="ban", title=title, when=words.text, why=words.next, state="none")


def leaves_words(line: ForecastLine) -> str:
    """When it leaves: at once, or the moment on the reader's clock, and whether it waits for the morning."""
    if not line.timing and line.leaves_at <= line.due_at:
        return pgettext("message", "At once")
    moment = when(line.leaves_at, line.zone)
    if line.leaves_at > line.due_at:
        return _("%(when)s, after the quiet hours") % {"when": moment}
    return moment


def words_of_promise(line: ForecastLine, *, audience: Audience) -> ReasonWords:
    """Why it will not be sent."""
    return reason_words(line.reason, audience=audience, channel=line.channel, because=line.because)


def title_of(line: ForecastLine | TraceLine, *, audience: Audience) -> str:
    """What it is; to staff also whom it is for, where that is not the client."""
    title = message_title(line.rule, line.channel, line.timing)
    if audience is Audience.CLIENT or line.recipient is Recipient.CLIENT:
        return title
    return _("%(what)s, to %(whom)s") % {"what": title, "whom": recipient_name(line.recipient)}


def proof(lines: Iterable[TraceLine], *, zone: str) -> list[Bead]:
    """What the client was sent, or why not; times in `zone`. Rows about staff are not the client's to see."""
    return [
        proved(line, zone, audience=Audience.CLIENT)
        for line in lines
        if line.recipient is Recipient.CLIENT
    ]


def proved(line: TraceLine, zone: str, *, audience: Audience) -> Bead:
    """One message and what became of it; of one that waits, what it will come to as things stand.

    To staff it also names the address, and what can be done.
    """
    words = reason_of(line, audience=audience)
    hopeless = outlook_of(line, audience=audience)
    why = [hopeless.text, hopeless.next] if hopeless else [words.next]
    if audience is Audience.STAFF:
        why = [as_read(line.address) if line.channel == SMS else line.address, *why]
    return Bead(
        icon="ban" if hopeless else words.icon,
        title=title_of(line, audience=audience),
        when=outcome_words(line, words, zone),
        why=" · ".join(one for one in why if one),
        state="none" if hopeless else words.state,
    )


def reason_of(line: TraceLine, *, audience: Audience) -> ReasonWords:
    """What became of it, in words."""
    return reason_words(
        line.reason,
        audience=audience,
        channel=line.channel,
        because=line.because,
        tried=bool(line.attempts),
    )


def outlook_of(line: TraceLine, *, audience: Audience) -> ReasonWords | None:
    """Why a message that still waits will not be sent as things stand; ``None`` where nothing is against it."""
    if line.outlook is None or line.outlook in {Reason.QUEUED, Reason.UNKNOWN, line.reason}:
        return None
    words = reason_words(
        line.outlook, audience=audience, channel=line.channel, because=line.because
    )
    said = _("As things stand it will not be sent: %(cause)s") % {"cause": words.cause}
    return ReasonWords(
        text=said, cause=words.cause, next=words.next, icon=words.icon, state=words.state
    )


def outcome_words(line: TraceLine, words: ReasonWords, zone: str) -> str:
    """The outcome with its moment; of a message with a time of its own, the time it is planned for."""
    is_planned = line.reason is Reason.QUEUED and line.because != LINE_DOWN
    if is_planned and line.timing and not line.attempts:
        return _("Planned for %(when)s") % {"when": when(line.at, zone)}
    return _("%(what)s, %(when)s") % {"what": words.text, "when": when(line.at, zone)}
