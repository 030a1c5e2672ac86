"""The three modes of *Client login*, in words: what each does, and to whom it is recommended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.business.models import ClientLogin, NotificationGate
from clientela.web.design.shapes import Bead

Words = str | Promise

LABELS: Final = (
    (ClientLogin.OFF.value, _("Off")),
    (ClientLogin.OPTIONAL.value, _("On and optional")),
    (ClientLogin.REQUIRED.value, _("On and required")),
)
_DOES: Final[dict[str, Words]] = {
    ClientLogin.OFF: _("No sign-in is shown. Everyone books as a guest."),
    ClientLogin.OPTIONAL: _(
        "Sign-in is offered; nobody has to use it. Who comes once is not obliged to create an account."
    ),
    ClientLogin.REQUIRED: _(
        "Every new client creates an account on the booking page. They look at the free times first."
    ),
}
_FOR: Final[dict[str, Words]] = {
    ClientLogin.OFF: _("for one-off appointments, such as job interviews."),
    ClientLogin.OPTIONAL: _("if you have both regular and one-off clients."),
    ClientLogin.REQUIRED: _("if you work mainly with regular clients."),
}

GATES: Final = (
    (NotificationGate.OWN_BOOKING.value, _("What they booked themselves, at once")),
    (NotificationGate.VERIFIED_CONTACT.value, _("Only to addresses that are proved")),
    (NotificationGate.ACTIVATED_ONLY.value, _("Nothing before the account is activated")),
)
GATE_WORDS: Final[dict[str, Words]] = {
    NotificationGate.OWN_BOOKING.value: _(
        "Who books online gets the confirmation at the address they typed. Reminders, and everything "
        "about what you book for them, wait until they activate their account or prove the address."
    ),
    NotificationGate.VERIFIED_CONTACT.value: _(
        "No message goes to an address before its owner has opened a link or typed a code from it."
    ),
    NotificationGate.ACTIVATED_ONLY.value: _(
        "The strictest. Clients read on the screen that they have booked; messages begin with "
        "their first sign-in, where they choose which ones they want."
    ),
}


@dataclass(frozen=True, slots=True)
class Mode:
    """One mode as a tile of the form."""

    option: Any
    does: Words
    recommended: Words
    is_kept: bool


def modes(bound: BoundField, *, kept: str) -> list[Mode]:
    """The tiles; ``kept`` is the mode in force now."""
    return [
        Mode(
            option,
            does=_DOES[option.data["value"]],
            recommended=_FOR[option.data["value"]],
            is_kept=option.data["value"] == kept,
        )
        for option in bound.subwidgets
    ]


def consequences(mode: str) -> Sequence[Bead]:
    """What follows on the booking page, in the order a client meets it."""
    return [
        Bead(icon=icon, title=str(title), why=str(why))
        for icon, title, why in _FOLLOWS[ClientLogin(mode)]
    ]


_GUESTS: Final = (
    "user",
    _("Guests give a name and an email"),
    _("The confirmation goes there; nothing is promised to an address nobody has proved."),
)
_KIND: Final = (
    "shield-check",
    _("Known addresses are recognised kindly"),
    _("A code to that mailbox, never a hint that an account exists."),
)
_FOLLOWS: Final = {
    ClientLogin.OFF: (
        _GUESTS,
        (
            "link",
            _("The link in the email is the key"),
            _("With it they see, move and cancel that one appointment."),
        ),
    ),
    ClientLogin.OPTIONAL: (
        _GUESTS,
        (
            "user-plus",
            _("After booking they are invited"),
            _("An account that is not proved is removed after 7 days; the appointments stay."),
        ),
        _KIND,
    ),
    ClientLogin.REQUIRED: (
        (
            "calendar-search",
            _("Everybody sees the free times"),
            _("Only booking asks to sign in; the chosen time comes back right after."),
        ),
        (
            "user-plus",
            _("New clients create an account"),
            _("A name, an email and a code: one minute."),
        ),
        (
            "ban",
            _("No guest can book"),
            _("Neither on the page nor through the API. The desk always can."),
        ),
    ),
}
