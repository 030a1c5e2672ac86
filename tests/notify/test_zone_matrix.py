"""TIM-06: one instant, told by page, mail, text, push, calendar file and API, on each clock the right reading, always named.

Around every change of clocks from 2026 to 2036, for businesses that lock the zone and those whose clients choose. What
the clocks show is asked of the interpreter's own zone data, not of the converter that is tried here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo  # noqa: TID251 -- the second way, to check the first

import pytest
from django.utils.translation import override

from clientela.api.access import Caller
from clientela.api.routes.appointments import appointment_row
from clientela.booking.models import Appointment
from clientela.notify.calendar_file import calendar_file
from clientela.notify.letter import write_letter
from clientela.notify.models import Message, Recipient, Rule
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.short_text import push_text, short_text
from clientela.platform import time_words
from clientela.platform.actor import Actor
from clientela.rules import clock_time
from clientela.rules.name_match import search_text
from clientela.rules.zone_choice import ZoneMode, zone_for_client
from clientela.web.design.templatetags.design import moment

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
ZONES = (
    "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca",
    "Asia/Kathmandu", "Europe/London", "Europe/Rome", "Atlantic/Canary", "Atlantic/Azores",
    "America/Los_Angeles", "America/St_Johns", "America/Santiago", "America/Nuuk", "Africa/Cairo",
    "Asia/Gaza", "Asia/Tehran", "Pacific/Apia", "Pacific/Auckland", "Antarctica/Troll",
)  # fmt: skip
TRIED = ZONES if PROVE else ZONES[:6]
CHANGES = 99 if PROVE else 3
HALF_HOUR = timedelta(minutes=30)
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def changes(zone: str) -> Iterator[datetime]:
    """Give the moments from 2026 to 2036 at which the zone's clocks are changed; without any, the turns of the years."""
    place, found = ZoneInfo(zone), False
    at = datetime(2026, 1, 1, tzinfo=UTC)
    while at.year < 2037:
        after = at + timedelta(days=1)
        if at.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
            low, high = 0, 24 * 12
            while high - low > 1:
                middle = (low + high) // 2
                there = (at + middle * timedelta(minutes=5)).astimezone(place).utcoffset()
                low, high = (
                    (middle, high) if there == at.astimezone(place).utcoffset() else (low, middle)
                )
            found = True
            yield at + high * timedelta(minutes=5)
        at = after
    if not found:
        yield from (datetime(year, 1, 1, tzinfo=UTC) for year in range(2026, 2037))


def instants(zone: str) -> list[datetime]:
    some = list(changes(zone))
    step = max(1, len(some) // CHANGES)
    return [
        one + away for one in some[::step] for away in (-HALF_HOUR, HALF_HOUR, timedelta(hours=9))
    ]


def told(appointment: Appointment, message: Message) -> dict[str, str]:
    """What each of them says, drawn by the functions that draw it."""
    letter = write_letter(message=message, policy=ClientPolicy())
    push = push_text(message=message, policy=ClientPolicy())
    return {
        "mail": f"{letter.date}, {letter.time}, {letter.zone}",
        "text": short_text(message=message, policy=ClientPolicy()),
        "push": f"{push.title} {push.body}",
        "page": str(moment(appointment.starts_at, message.zone)),
    }


def start_in_file(appointment: Appointment, now: datetime) -> datetime:
    """The start as a calendar program reads it."""
    text = calendar_file(appointment=appointment, language="es", now=now).decode()
    event = text.replace("\r\n ", "").partition("BEGIN:VEVENT")[2]
    found = re.search(r"DTSTART(?:;TZID=([^:]+))?:(\d{8}T\d{6})(Z?)", event)
    assert found is not None
    zone = ZoneInfo("UTC" if found[3] else found[1])
    return datetime.strptime(found[2], "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.req("S4.16", "S4.17", "S4.27")
@pytest.mark.parametrize("mode", list(ZoneMode))
@pytest.mark.parametrize("zone", TRIED)
def test_everything_shows_one_instant_on_the_reader_s_clock_and_names_it(
    appointment, now, zone, mode
) -> None:
    chosen = ZONES[(ZONES.index(zone) + 1) % len(ZONES)]
    reads = zone_for_client(
        mode=mode, location_zone=zone, booking_zone=chosen, profile_zone="Asia/Tokyo"
    )
    assert reads == (zone if mode is ZoneMode.LOCKED else chosen)
    appointment.location.zone = appointment.promised_zone = zone
    caller = Caller(actor=Actor.guest())
    for at in instants(zone):
        appointment.starts_at, appointment.ends_at = at, at + timedelta(minutes=45)
        appointment.promised_local = clock_time.wall_text(at, zone)
        message = Message(
            business=appointment.business, appointment=appointment, occurrence=0, rule=Rule.REMINDER,
            timing="before:1440", recipient=Recipient.CLIENT, recipient_id=appointment.client_id,
            channel="email", language="es", zone=reads, facts={}, due_at=now,
        )  # fmt: skip
        here = at.astimezone(ZoneInfo(reads))
        clock = f"{here:%H:%M}"
        with override("es"):
            said, city = told(appointment, message), time_words.zone_city(reads)
        for where, words in said.items():
            readings = {reading.zfill(5) for reading in _CLOCK.findall(words)}
            assert clock in readings, (where, at, reads, words)
            assert search_text(city) in search_text(words), (where, words)  # a text has no accents
        assert start_in_file(appointment, now) == at
        row = datetime.fromisoformat(appointment_row(appointment, caller)["start"])
        assert row == at
        assert row.utcoffset() == at.astimezone(ZoneInfo(zone)).utcoffset()
