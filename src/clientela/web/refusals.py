"""Why something is not possible, as a sentence in the reader's language.

Actions and rules refuse with a word (`too-late`); API, audit and tests keep that word. Every web
page turns it into a sentence here, once: what happened, and what to do next where that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from clientela.platform.refusal import Refusal
from clientela.web.design import times

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Facts = Mapping[str, object]

PLAIN: dict[str, _StrPromise] = {
    # Why a time is not offered (rules/unavailability.py).
    "past": gettext_lazy("That time has already passed."),
    "beyond-horizon": gettext_lazy("The calendar is not open that far ahead yet."),
    "not-on-grid": gettext_lazy("Appointments do not start at that minute."),
    "no-such-time": gettext_lazy(
        "That night the clocks jump over this time, so it does not exist."
    ),
    "closed": gettext_lazy("It is closed that day."),
    "outside-hours": gettext_lazy("It is outside the opening hours, or would not fit into them."),
    "time-off": gettext_lazy("Nobody who could do it is there at that time."),
    "professional-busy": gettext_lazy("That time is already taken."),
    "buffer": gettext_lazy(
        "It is too close to another appointment: some time is kept free between two."
    ),
    "resource-busy": gettext_lazy("The room or the equipment it needs is in use at that time."),
    "session-full": gettext_lazy("All the places are taken."),
    "no-session": gettext_lazy("No group meets at that time."),
    "service-not-offered": gettext_lazy("This service cannot be booked at the moment."),
    "professional-not-offered": gettext_lazy(
        "This person does not give this service at the moment."
    ),
    "login-required": gettext_lazy("You need to sign in to book this."),
    "not-lent": gettext_lazy(
        "You cannot book for this person any more. Nothing was booked. They can allow it again among their own permissions."
    ),
    "bound-to-professional": gettext_lazy("Here you book with one professional only."),
    "online-booking-off": gettext_lazy("Booking online is switched off. Please contact us."),
    # Why an appointment cannot be changed (rules/change_policy.py).
    "too-late": gettext_lazy("Online changes have closed for this appointment."),
    "switched-off": gettext_lazy("This cannot be changed online. Please contact us."),
    "already-past": gettext_lazy("This appointment has already started."),
    "not-open": gettext_lazy("This appointment can no longer be changed."),
    "stale-state": gettext_lazy(
        "Somebody changed this appointment a moment ago. This is how it stands now."
    ),
    # Why a session of the household cannot be used, or given back (booking/actions/lend_credit.py).
    "credit-not-lent": gettext_lazy("This session is not lent to you any more."),
    "credit-gone": gettext_lazy("There is no session left for it. Look again."),
    "not-pending": gettext_lazy("This appointment does not wait for payment any more."),
    "not-redeemed": gettext_lazy("There is no lent session to give back any more."),
    # Why something cannot be paid (checkout/).
    "nothing-to-pay": gettext_lazy("There is nothing left to pay."),
    "online-payment-off": gettext_lazy("This cannot be paid online at the moment."),
    "package-not-sold": gettext_lazy("This package is not sold any more."),
    "appointment-unsuitable": gettext_lazy("This appointment cannot be paid this way."),
    "way-to-pay-gone": gettext_lazy(
        "What you chose is not offered any more. Look at the ways to pay again."
    ),
    "consent-missing": gettext_lazy("Tick the box: without it the card cannot be kept."),
    "card-not-lent": gettext_lazy(
        "For this a card is kept, and it must be that of the person who comes: they book it themselves."
    ),
    "hold-ended": gettext_lazy("The time was kept for you until now. Choose one again."),
    # Why what was typed is not enough.
    "name-missing": gettext_lazy("Write your name."),
    "email-missing": gettext_lazy("Write your email."),
    "email-invalid": gettext_lazy(
        "This does not look like an email address: it needs a name, an @ and a domain."
    ),
    "phone-missing": gettext_lazy("Write your phone number."),
    "phone-invalid": gettext_lazy(
        "This does not look like a phone number. Write it with its country code, as in +34 600 000 000."
    ),
    # Why a card or a log-in stays as it is.
    "login-email-not-yours": gettext_lazy(
        "The client already signs in with this email. Only the client can change it, in their own account."
    ),
    "already-active": gettext_lazy(
        "This client already has an account: there is nobody to welcome."
    ),
    "no-address": gettext_lazy("There is no email to send it to. Write one first."),
    "client-gone": gettext_lazy("This client’s data was erased. Nothing was booked."),
    "still-ahead": gettext_lazy("It is still to come: cancel it first."),
    "start-missing": gettext_lazy("Choose a time first."),
    "idempotency-key-reused": gettext_lazy(
        "You have already booked with this page. Look at the time again before you book once more."
    ),
    # Why nobody can wait like that (booking/actions/join_waiting_list.py).
    "wait-days-refused": gettext_lazy("Choose days from today on, within the next three months."),
    "wait-hours-refused": gettext_lazy("The hours must end after they begin."),
    "wait-not-offered": gettext_lazy("This cannot be booked online, so no time of it is offered."),
    "too-many-waits": gettext_lazy(
        "You are waiting for five things here already. Leave one of them first."
    ),
    "too-many-requests": gettext_lazy("That was a lot at once. Wait a minute and try again."),
}


def sentence(word: str, *, facts: Facts | None = None, zone: str = "") -> str:
    """Say the reason `word` to a client or to staff; times among the facts are read in `zone`.

    A word without a sentence of its own is answered with a general one, never printed raw.
    """
    given = facts or {}
    if zone and (told := _with_facts(word, given, zone)):
        return told
    return str(PLAIN.get(word, "")) or _("That is not possible.")


def of(refusal: Refusal, *, zone: str = "") -> str:
    """Say why an action declined."""
    return sentence(refusal.reason, facts=refusal.facts, zone=zone)


def _with_facts(word: str, facts: Facts, zone: str) -> str:
    """The fuller sentence, where the facts allow one."""
    teller = _TELLERS.get(word)
    return teller(facts, zone) if teller else ""


def _lead_time(facts: Facts, zone: str) -> str:
    until = facts.get("until")
    if not isinstance(until, datetime):
        return _("That is too soon to be booked online.")
    return _("That is too soon: online booking starts from %(time)s.") % {"time": when(until, zone)}


def _slot_taken(facts: Facts, zone: str) -> str:
    at = facts.get("starts_at")
    if not isinstance(at, datetime):
        return _("Someone just took that time. Nothing was booked.")
    return _("Someone just took %(time)s (%(city)s). Nothing was booked.") % {
        "time": times.clock(at, zone),
        "city": times.zone_city(zone),
    }


def _too_late(facts: Facts, zone: str) -> str:
    closed, now = facts.get("closes_at"), facts.get("now")
    if not isinstance(closed, datetime):
        return ""
    if isinstance(now, datetime):
        return closed_since(closed_at=closed, now=now)
    return _("Online changes closed on %(time)s.") % {"time": when(closed, zone)}


_TELLERS: dict[str, Callable[[Facts, str], str]] = {
    "lead-time": _lead_time,
    "slot-taken": _slot_taken,
    "too-late": _too_late,
}


def closed_since(*, closed_at: datetime, now: datetime) -> str:
    """How long ago online changes closed, in the largest whole unit."""
    minutes = max(1, int((now - closed_at).total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return ngettext(
            "Online changes closed %(count)s day ago",
            "Online changes closed %(count)s days ago",
            days,
        ) % {"count": days}
    if hours:
        return ngettext(
            "Online changes closed %(count)s hour ago",
            "Online changes closed %(count)s hours ago",
            hours,
        ) % {"count": hours}
    return ngettext(
        "Online changes closed %(count)s minute ago",
        "Online changes closed %(count)s minutes ago",
        minutes,
    ) % {"count": minutes}


def when_in_full(at: datetime, zone: str) -> str:
    """A moment that a promise hangs on, with its place: `Tuesday 24 November at 17:30 (Madrid)`."""
    return _("%(day)s at %(time)s (%(city)s)") % {
        "day": times.day(at, zone),
        "time": times.clock(at, zone),
        "city": times.zone_city(zone),
    }


def when(at: datetime, zone: str) -> str:
    """A moment inside a sentence, with its place: `Tue 24 Nov, 17:30 (Madrid)`."""
    return _("%(day)s, %(time)s (%(city)s)") % {
        "day": times.short_day(at, zone),
        "time": times.clock(at, zone),
        "city": times.zone_city(zone),
    }
