"""What each rule says: subject, headline and sentence, in the language that is active.

One place for all of them, so that the tone is one person's. ``{…}`` are filled by ``letter.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.notify.models import Rule


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words of one rule, where its button leads, how its slip is drawn, and whether a calendar file comes along."""

    subject: str | Promise
    headline: str | Promise
    sentence: str | Promise
    button: str | Promise
    leads_to: Literal["appointment", "booking", "desk", "offer"] = "appointment"
    slip: Literal["booked", "waiting", "void"] = "booked"
    has_file: bool = True


SEE = _("See, move or cancel it")
AGAIN = _("Find another time")
DESK = _("Open this day on the desk")

WORDS: dict[Rule, Wording] = {
    Rule.CONFIRMATION: Wording(
        subject=_("Booked: %(when)s, %(place)s"),
        headline=_("See you on %(weekday)s, %(name)s"),
        sentence=_("Your appointment is booked. The time is kept for you."),
        button=SEE,
    ),
    Rule.REQUEST_RECEIVED: Wording(
        subject=_("Request received: %(when)s, %(place)s"),
        headline=_("We have your request, %(name)s"),
        sentence=_(
            "It is not booked yet: %(business)s looks at it first. The time is held for you until then, and you will get an answer by email."
        ),
        button=SEE,
        slip="waiting",
    ),
    Rule.REQUEST_CONFIRMED: Wording(
        subject=_("Confirmed: %(when)s, %(place)s"),
        headline=_("See you on %(weekday)s, %(name)s"),
        sentence=_("%(business)s has said yes: your appointment is booked."),
        button=SEE,
    ),
    Rule.REQUEST_DECLINED: Wording(
        subject=_("Not booked: %(when)s, %(place)s"),
        headline=_("This time cannot be, %(name)s"),
        sentence=_("%(business)s could not accept your request. Nothing is booked."),
        button=AGAIN,
        leads_to="booking",
        slip="void",
    ),
    Rule.CHANGE: Wording(
        subject=_("Changed, now: %(when)s, %(place)s"),
        headline=_("Your new time, %(name)s"),
        sentence=_("Your appointment has been moved. Before, it was %(before)s."),
        button=SEE,
    ),
    Rule.CANCELLATION: Wording(
        subject=_("Cancelled: %(when)s, %(place)s"),
        headline=_("It is cancelled, %(name)s"),
        sentence=_("This appointment will not take place."),
        button=AGAIN,
        leads_to="booking",
        slip="void",
    ),
    Rule.REMINDER: Wording(
        subject=_("Reminder: %(when)s, %(place)s"),
        headline=_("See you on %(weekday)s, %(name)s"),
        sentence=_(
            "Your appointment is coming up. If the time no longer suits you, tell us soon: somebody else may be glad of it."
        ),
        button=SEE,
    ),
    Rule.FOLLOW_UP: Wording(
        subject=_("Thank you for your visit to %(business)s"),
        headline=_("Thank you for coming, %(name)s"),
        sentence=_(
            "We hope it did you good. If something was not right, please tell us. The next free times are one press away."
        ),
        button=_("Book the next time"),
        leads_to="booking",
        has_file=False,
    ),
    Rule.BALANCE_LOW: Wording(
        subject=_("%(left)s at %(business)s"),
        headline=_("%(left)s, %(name)s"),
        sentence=_(
            "This appointment counts already. When you would like more sessions, ask us, or look at what is on offer on our page."
        ),
        button=_("See the appointment"),
        has_file=False,
    ),
    Rule.WAITING_LIST_OFFER: Wording(
        subject=_("A time is free: %(when)s, %(place)s"),
        headline=_("A time is free, %(name)s"),
        sentence=_(
            "You are waiting for this. We do not hold it for you: whoever books it first has it. If you leave it, the next person on the list is told."
        ),
        button=_("Book this time"),
        leads_to="offer",
        slip="waiting",
        has_file=False,
    ),
    Rule.STAFF_BOOKED: Wording(
        subject=_("New booking: %(when)s, %(place)s"),
        headline=_("%(client)s has booked"),
        sentence=_("It is in the diary; there is nothing to do."),
        button=DESK,
        leads_to="desk",
    ),
    Rule.STAFF_REQUESTED: Wording(
        subject=_("To approve: %(when)s, %(place)s"),
        headline=_("%(client)s asks for a time"),
        sentence=_(
            "The time is held until somebody says yes or no. Without an answer it lapses at its start."
        ),
        button=DESK,
        leads_to="desk",
        slip="waiting",
    ),
    Rule.STAFF_MOVED: Wording(
        subject=_("Moved by the client: %(when)s, %(place)s"),
        headline=_("%(client)s has moved an appointment"),
        sentence=_("Before, it was %(before)s. That time is free again."),
        button=DESK,
        leads_to="desk",
    ),
    Rule.STAFF_CANCELLED: Wording(
        subject=_("Cancelled by the client: %(when)s, %(place)s"),
        headline=_("%(client)s has cancelled"),
        sentence=_("The time is free again."),
        button=DESK,
        leads_to="desk",
        slip="void",
    ),
    Rule.STAFF_REMINDER: Wording(
        subject=_("Coming up: %(when)s, %(place)s"),
        headline=_("%(client)s comes on %(weekday)s"),
        sentence=_("A reminder of what is in the diary; there is nothing to do."),
        button=DESK,
        leads_to="desk",
    ),
}

# What replaces the words of a rule when it speaks of several appointments, booked as one series.
SERIES_WORDS: dict[Rule, Wording] = {
    Rule.CONFIRMATION: Wording(
        subject=_("Booked: %(count)s appointments from %(when)s, %(place)s"),
        headline=_("See you on %(weekday)s, %(name)s"),
        sentence=_(
            "Your %(count)s appointments are booked. Each has its own page, where you can move or cancel it."
        ),
        button=_("See, move or cancel the first one"),
    ),
    Rule.STAFF_BOOKED: Wording(
        subject=_("New bookings: %(count)s from %(when)s, %(place)s"),
        headline=_("%(client)s has booked"),
        sentence=_("They are in the diary; there is nothing to do."),
        button=DESK,
        leads_to="desk",
    ),
}

# What replaces a sentence when the event's own word says more.
CLIENT_LEFT = _(
    "The client has erased their account and data; a number stands for the name. The time is free again."
)
NOT_ANSWERED = _(
    "Nobody answered your request before its time came, so nothing is booked. We are sorry."
)
CANCELLED_BY_CLIENT = _("You cancelled this appointment. Nothing more is needed.")
CANCELLED_BY_BUSINESS = _("%(business)s has cancelled this appointment. Nothing more is needed.")
JOIN = _(
    "Create an account, and you see, move and repeat all your appointments without looking for emails."
)
WHY_CLIENT = _(
    "You get this because this address was given for a booking with %(business)s. We write only about your own appointments; once there are none, nothing more comes."
)
WHY_CHILD = _(
    "You get this because you answer for %(client)s at %(business)s. It comes as you wish to be told of your own appointments."
)
WHY_WAITING = _(
    "You get this because you asked %(business)s to tell you when a time becomes free. Once you book, leave the list or its days are over, nothing more comes."
)
LEAVE_LIST = _("Are you not looking for a time any more? Leave the waiting list.")
WHY_STAFF = _(
    "You get this because this address is in the settings of %(business)s, where it can be changed."
)
