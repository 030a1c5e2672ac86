"""What the words of a message can speak of: its facts, as text that does nothing.

Read in the language that is active and in the message's own zone. What clients typed is inert here already.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import ngettext, pgettext

from clientela.booking.models import Appointment
from clientela.notify.models import Message, Rule
from clientela.notify.safe_text import first_name, inert, one_line
from clientela.platform import time_words

Clean = Callable[[str], str]


def facts_of(message: Message, *, count: int, link: str) -> dict[str, str]:
    """Return what placeholders stand for in a letter. ``count`` is how many appointments are told of."""
    appointment, zone = message.appointment, message.zone
    at = appointment.starts_at
    name = message.reader.record_name
    return {
        "when": moment(at, zone),
        "date": time_words.day_and_year(at, zone),
        "time": time_words.exact_clock(at, zone),
        "zone": time_words.zone_name(zone, at),
        "place": place_of(appointment),
        "weekday": time_words.weekday(at, zone),
        "name": first_name(name),
        "client": inert(name, longest=80),
        "service": one_line(appointment.service.name),
        "professional": one_line(appointment.professional.name),
        "business": one_line(appointment.business.name),
        "before": moment_before(message),
        "count": str(number_told(message, count=count)),
        "left": left_of(message),
        "link": link,
    }


def moment(at: datetime, zone: str) -> str:
    """``Tue 24 Nov, 17:30, Madrid time (CET)``: a time never stands without its zone."""
    return (
        f"{time_words.short_day(at, zone)}, {time_words.exact_clock(at, zone)}, "
        f"{time_words.zone_name(zone, at)}"
    )


def moment_before(message: Message, *, written: Callable[[datetime, str], str] = moment) -> str:
    """The time it was moved from; blank if it was not."""
    told = message.facts.get("previous_starts_at")
    return written(datetime.fromisoformat(told), message.zone) if told else ""


def place_of(appointment: Appointment, *, with_address: bool = False) -> str:
    """Where it is, or that it is online."""
    if appointment.service.is_remote:
        return pgettext("place", "Online")
    location = appointment.location
    parts = [location.name, location.address if with_address else ""]
    return one_line(", ".join(part for part in parts if part))


def child_told(message: Message) -> str:
    """The first name of the child that it is about, where somebody hears for one; else blank."""
    return first_name(message.appointment.client.record_name) if message.hearer else ""


def number_told(message: Message, *, count: int) -> int:
    """How many sessions are left where the message is about that, else how many appointments it tells of."""
    if message.rule == Rule.BALANCE_LOW:
        return int(message.facts.get("left", 0))
    return max(count, 1)


def left_of(message: Message) -> str:
    """How many sessions are left, in words; blank for messages that are not about that."""
    if message.rule != Rule.BALANCE_LOW:
        return ""
    left = int(message.facts.get("left", 0))
    if not left:
        return pgettext("sessions", "No session left")
    return ngettext("%(left)d session left", "%(left)d sessions left", left) % {"left": left}
