"""How messages are spoken of: kinds, times, ways, recipients and reasons, in the reader's language.

One place for the desk, the client's pages, the settings and the diagnosis; nothing that is stored is printed raw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from clientela.notify.decisions import LINE_DOWN
from clientela.notify.models import Reason, Recipient, Rule, Trouble
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.web.design.times import clock_of_minute
from clientela.web.message_reasons import ANY, BECAUSE, CAUSES, LINE_IS_DOWN, WHOLE
from clientela.web.states import Audience

BeadState = Literal["good", "wait", "stop", "none", ""]

RULES: dict[Rule, Promise] = {
    Rule.CONFIRMATION: pgettext_lazy("message", "Confirmation"),
    Rule.REQUEST_RECEIVED: pgettext_lazy("message", "Request received"),
    Rule.REQUEST_CONFIRMED: pgettext_lazy("message", "Request accepted"),
    Rule.REQUEST_DECLINED: pgettext_lazy("message", "Request declined"),
    Rule.CHANGE: pgettext_lazy("message", "New time"),
    Rule.CANCELLATION: pgettext_lazy("message", "Cancellation"),
    Rule.REMINDER: pgettext_lazy("message", "Reminder"),
    Rule.FOLLOW_UP: pgettext_lazy("message", "Word after the visit"),
    Rule.BALANCE_LOW: pgettext_lazy("message", "Few sessions left"),
    Rule.WAITING_LIST_OFFER: pgettext_lazy("message", "A time became free"),
    Rule.STAFF_BOOKED: pgettext_lazy("message to staff", "Booked"),
    Rule.STAFF_REQUESTED: pgettext_lazy("message to staff", "Requested"),
    Rule.STAFF_MOVED: pgettext_lazy("message to staff", "Moved"),
    Rule.STAFF_CANCELLED: pgettext_lazy("message to staff", "Cancelled"),
    Rule.STAFF_REMINDER: pgettext_lazy("message to staff", "Reminder"),
}
RECIPIENTS: dict[Recipient, Promise] = {
    Recipient.CLIENT: gettext_lazy("the client"),
    Recipient.PROFESSIONAL: gettext_lazy("the professional"),
    Recipient.DESK: gettext_lazy("the front desk"),
}
CHANNEL_NAMES: dict[str, Promise] = {
    EMAIL: pgettext_lazy("channel", "Email"),
    SMS: pgettext_lazy("channel", "Text"),
    PUSH: pgettext_lazy("channel", "Notice on the device"),
}
BY_CHANNEL: dict[str, Promise] = {
    EMAIL: pgettext_lazy("channel", "by email"),
    SMS: pgettext_lazy("channel", "by text"),
    PUSH: pgettext_lazy("channel", "on the device"),
}
ICONS: dict[str, str] = {EMAIL: "mail", SMS: "message-square", PUSH: "bell"}

_SENT: dict[Reason, tuple[str, BeadState]] = {
    Reason.DELIVERED: ("check", "good"),
    Reason.HANDED_OVER: ("hourglass", "wait"),
    Reason.QUEUED: ("hourglass", "wait"),
    Reason.UNKNOWN: ("circle-question-mark", "wait"),
}
# What a carrier can say after it has taken a message, and what keeps a message from leaving that should.
FAILED = frozenset(
    {
        Reason.BOUNCED_HARD,
        Reason.BOUNCED_SOFT,
        Reason.CARRIER_FILTERED,
        Reason.PROVIDER_ERROR,
        Reason.INVALID_NUMBER,
        Reason.LANDLINE,
        Reason.OPTED_OUT,
    }
)
_ALARMS = (FAILED | {Reason.SCHEDULER_DOWN}) - {Reason.OPTED_OUT}


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasonWords:
    """A reason as one audience reads it.

    ``text`` is the whole ("Not sent: this number is a landline"), ``cause`` its part after the colon (blank for what
    left or waits), ``next`` what the reader can do (may be blank); ``icon`` and ``state`` are a bead's.
    """

    text: str
    cause: str = ""
    next: str = ""
    icon: str
    state: BeadState


def rule_name(rule: str) -> str:
    """What kind of message it is: *Confirmation*."""
    return str(RULES[Rule(rule)])


def recipient_name(recipient: str) -> str:
    """Who is told, inside a sentence: *the client*."""
    return str(RECIPIENTS[Recipient(recipient)])


def channel_name(channel: str) -> str:
    """The way, by itself: *Email*, *Text*, *Notice on the device*."""
    return str(CHANNEL_NAMES[channel])


def channel_icon(channel: str) -> str:
    """The picture of the way."""
    return ICONS[channel]


def message_title(rule: str, channel: str, timing: str = "") -> str:
    """The kind with its time and its way: *Confirmation by email*, *Reminder 24 hours before, by text*."""
    said = {"what": rule_name(rule), "by_what": BY_CHANNEL[channel]}
    if not timing:
        return _("%(what)s %(by_what)s") % said
    return _("%(what)s %(when)s, %(by_what)s") % {**said, "when": timing_words(timing)}


def timing_words(timing: str) -> str:
    """When a line of the plan leaves: *at once*, *24 hours before*, *the day before at 09:00*, *2 hours after*.

    ``timing`` is a word of ``rules/message_timing.py``.
    """
    kind, _colon, rest = timing.partition(":")
    if kind == "before":
        return _before(int(rest))
    if kind == "after":
        return _after(int(rest))
    if kind == "day":
        days, _at, minute = rest.partition("@")
        return _on_day(int(days), clock_of_minute(int(minute)))
    return pgettext("message", "at once")


def _before(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    if left:
        words = ngettext("%(count)s minute before", "%(count)s minutes before", minutes)
        return words % {"count": minutes}
    return ngettext("%(count)s hour before", "%(count)s hours before", hours) % {"count": hours}


def _after(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    if left:
        words = ngettext("%(count)s minute after", "%(count)s minutes after", minutes)
        return words % {"count": minutes}
    return ngettext("%(count)s hour after", "%(count)s hours after", hours) % {"count": hours}


def _on_day(days: int, time: str) -> str:
    if days == 0:
        return _("the same day at %(time)s") % {"time": time}
    if days == 1:
        return _("the day before at %(time)s") % {"time": time}
    words = ngettext("%(count)s day before at %(time)s", "%(count)s days before at %(time)s", days)
    return words % {"count": days, "time": time}


def reason_words(
    reason: str,
    *,
    audience: Audience,
    channel: str = EMAIL,
    because: str = "",
    tried: bool = False,
) -> ReasonWords:
    """Say one reason: what became of a message, why, and what the reader can do.

    ``because`` is the sub-cause that a message keeps, where its reason has several; ``tried`` says that it was
    handed to somebody, so that a failure reads "It did not arrive" and not "Not sent".
    """
    one = Reason(reason)
    if one is Reason.QUEUED and because == LINE_DOWN:
        said, todo = LINE_IS_DOWN.words(to_staff=audience is Audience.STAFF)
        icon, state = _SENT[one]
        return ReasonWords(text=said, next=todo, icon=icon, state=state)
    if one in WHOLE:
        whole, (icon, state) = WHOLE[one], _SENT[one]
        return ReasonWords(text=str(whole.get(channel) or whole[ANY]), icon=icon, state=state)
    rows = CAUSES[one]
    cause = BECAUSE.get(because) or rows.get(channel) or rows.get(ANY) or rows[EMAIL]
    said, todo = cause.words(to_staff=audience is Audience.STAFF)
    left = tried and one in FAILED and because != LINE_DOWN
    frame = _("It did not arrive: %(cause)s") if left else _not_sent(one)
    return ReasonWords(
        text=frame % {"cause": said},
        cause=said,
        next=todo,
        icon="triangle-alert" if one in _ALARMS else "ban",
        state="stop" if one in _ALARMS else "none",
    )


def _not_sent(reason: Reason) -> str:
    if reason is Reason.SCHEDULER_DOWN:
        return _("Held up: %(cause)s")
    return _("Not sent: %(cause)s")


def trouble_words(trouble: str, *, audience: Audience, channel: str) -> ReasonWords:
    """What is wrong with an address itself, said as the reason for which nothing is sent to it."""
    return reason_words(_OF_TROUBLE[Trouble(trouble)], audience=audience, channel=channel)


_OF_TROUBLE: dict[Trouble, Reason] = {
    Trouble.STOPPED: Reason.OPTED_OUT,
    Trouble.COMPLAINED: Reason.OPTED_OUT,
    Trouble.BOUNCED: Reason.BOUNCED_HARD,
    Trouble.LANDLINE: Reason.LANDLINE,
    Trouble.INVALID: Reason.INVALID_NUMBER,
}
