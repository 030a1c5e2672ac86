"""What texts and pushes say of each rule, in the language that is active. ``short_text.py`` fills them.

A text should fit into one part of 160 letters, with a link of seventy; two at the most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from clientela.notify.models import Rule


@dataclass(frozen=True, slots=True)
class ShortWords:
    """The words of one rule, with a title for pushes, and where the link leads."""

    text: str | Promise
    title: str | Promise = ""
    leads_to: Literal["appointment", "booking", "offer"] = "appointment"


STOP_HINT = _("End texts: STOP")

TEXTS: Final[dict[Rule, ShortWords]] = {
    Rule.CONFIRMATION: ShortWords(_("%(business)s: booked, %(when)s%(where)s. %(link)s")),
    Rule.REQUEST_RECEIVED: ShortWords(
        _("%(business)s: we have your request for %(when)s. It is not booked yet. %(link)s")
    ),
    Rule.REQUEST_CONFIRMED: ShortWords(_("%(business)s: confirmed, %(when)s%(where)s. %(link)s")),
    Rule.REQUEST_DECLINED: ShortWords(
        _("%(business)s: %(when)s cannot be; nothing is booked. Other times: %(link)s"),
        leads_to="booking",
    ),
    Rule.CHANGE: ShortWords(_("%(business)s: moved to %(when)s%(where)s. Before: %(before)s. %(link)s")),
    Rule.CANCELLATION: ShortWords(
        _("%(business)s: cancelled, %(when)s. Other times: %(link)s"), leads_to="booking"
    ),
    Rule.REMINDER: ShortWords(
        _("%(business)s: see you %(when)s%(where)s. Changes: %(link)s")
    ),
    Rule.FOLLOW_UP: ShortWords(
        _("%(business)s: thank you for coming. The next free times: %(link)s"), leads_to="booking"
    ),
    Rule.BALANCE_LOW: ShortWords(_("%(business)s: %(left)s. %(link)s")),
    Rule.WAITING_LIST_OFFER: ShortWords(
        _("%(business)s: free now, %(when)s%(where)s. First come, first served: %(link)s"),
        leads_to="offer",
    ),
}  # fmt: skip

TEXT_OF_SERIES: Final = ShortWords(
    _("%(business)s: %(count)s appointments booked, the first %(when)s. %(link)s")
)

_WHAT: Final = _("%(when)s. %(service)s%(where)s")

PUSHES: Final[dict[Rule, ShortWords]] = {
    Rule.CONFIRMATION: ShortWords(_WHAT, pgettext_lazy("push", "%(business)s: booked")),
    Rule.REQUEST_RECEIVED: ShortWords(
        _("%(when)s. It is not booked yet; you will get an answer."),
        pgettext_lazy("push", "%(business)s: request received"),
    ),
    Rule.REQUEST_CONFIRMED: ShortWords(_WHAT, pgettext_lazy("push", "%(business)s: confirmed")),
    Rule.REQUEST_DECLINED: ShortWords(
        _("%(when)s cannot be. Nothing is booked; look for another time."),
        pgettext_lazy("push", "%(business)s: not booked"),
        leads_to="booking",
    ),
    Rule.CHANGE: ShortWords(
        _("Now %(when)s. Before, it was %(before)s."),
        pgettext_lazy("push", "%(business)s: new time"),
    ),
    Rule.CANCELLATION: ShortWords(
        _("%(when)s will not take place. %(service)s"),
        pgettext_lazy("push", "%(business)s: cancelled"),
    ),
    Rule.REMINDER: ShortWords(_WHAT, pgettext_lazy("push", "%(business)s: see you soon")),
    Rule.FOLLOW_UP: ShortWords(
        _("Thank you for coming. The next free times are one tap away."),
        "%(business)s",
        leads_to="booking",
    ),
    Rule.BALANCE_LOW: ShortWords(
        _("%(service)s, %(when)s counts already."),
        pgettext_lazy("push", "%(business)s: %(left)s"),
    ),
    Rule.WAITING_LIST_OFFER: ShortWords(
        _("%(when)s. %(service)s. Not held: first come, first served."),
        pgettext_lazy("push", "%(business)s: a time is free"),
        leads_to="offer",
    ),
}
