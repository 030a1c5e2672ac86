"""The calendar file: read back by a library and by a reader of our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from clientela.booking.models import Appointment, Status
from clientela.notify.calendar_file import PROPERTIES, calendar_file, uid
from clientela.rules import clock_time

pytestmark = pytest.mark.django_db

ZONES = [
    "Europe/Madrid",
    "Europe/Dublin",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "UTC",
]
SHOWN = "BEGIN:VEVENT"


def lines_of(file: bytes) -> list[str]:
    """Our own reader: unfold, split into lines."""
    text = file.decode()
    assert text.endswith("\r\n")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def event_lines(file: bytes) -> list[str]:
    lines = lines_of(file)
    return lines[lines.index(SHOWN) + 1 : lines.index("END:VEVENT")]


def names(file: bytes) -> list[str]:
    return [line.split(":")[0].split(";")[0] for line in event_lines(file)]


def event_of(file: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(file)
    events = calendar.walk("VEVENT")
    assert len(events) == 1
    return events[0]


def test_the_properties_are_exactly_the_listed_ones(appointment, now):
    file = calendar_file(appointment=appointment, now=now, language="es")
    assert sorted(names(file)) == sorted(PROPERTIES)


def test_a_library_reads_the_promise_back(appointment, now):
    file = calendar_file(appointment=appointment, now=now, language="es")
    event = event_of(file)
    assert str(event["UID"]) == uid(appointment) == f"{appointment.pk}@127.0.0.1"
    assert event["SEQUENCE"] == 0
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event.start == appointment.starts_at
    assert event.end == appointment.ends_at
    assert event.start.isoformat() == "2026-11-24T17:30:00+01:00"
    assert str(event["SUMMARY"]) == "Fisioterapia · Fisio Norte"
    assert str(event["LOCATION"]) == "Centro Norte, Calle Mayor 3, 28001 Madrid"
    assert "Irene Sanz" in str(event["DESCRIPTION"])


def test_a_change_keeps_the_uid_and_raises_the_sequence(appointment, now):
    before = event_of(calendar_file(appointment=appointment, now=now, language="es"))
    appointment.starts_at += timedelta(hours=1)
    appointment.ends_at += timedelta(hours=1)
    appointment.sequence += 1
    after = event_of(calendar_file(appointment=appointment, now=now, language="es"))
    assert str(before["UID"]) == str(after["UID"])
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1


@pytest.mark.parametrize(
    ("status", "method", "said"),
    [
        (Status.CONFIRMED, "PUBLISH", "CONFIRMED"),
        (Status.REQUESTED, "PUBLISH", "TENTATIVE"),
        (Status.CANCELLED, "CANCEL", "CANCELLED"),
        (Status.DECLINED, "CANCEL", "CANCELLED"),
    ],
)
def test_the_method_follows_the_state(appointment, now, status, method, said):
    appointment.status = status
    file = calendar_file(appointment=appointment, now=now, language="en")
    assert f"METHOD:{method}" in lines_of(file)
    assert str(event_of(file)["STATUS"]) == said


def test_without_the_link_the_file_holds_no_secret(appointment, now):
    file = calendar_file(appointment=appointment, now=now, language="en", with_link=False)
    assert b"/a/" not in file
    assert "URL" not in names(file)


@pytest.mark.req("L9")
@pytest.mark.parametrize("zone", ZONES)
def test_the_instant_survives_in_every_zone_and_around_its_clock_changes(
    make_appointment: Callable[..., Appointment], location, now, zone
):
    appointment = make_appointment()
    appointment.promised_zone = zone
    segments = clock_time.offset_segments(zone, start=now, end=now + timedelta(days=400))
    moments = [now + timedelta(days=200)]
    for segment in segments[1:]:
        moments += [
            segment.start.replace(second=0) + timedelta(minutes=step)
            for step in range(-125, 130, 25)
        ]
    for at in moments:
        appointment.starts_at, appointment.ends_at = at, at + timedelta(minutes=30)
        event = event_of(calendar_file(appointment=appointment, now=now, language="en"))
        # Python holds a doubled reading unequal to any time of another zone: compare the instants.
        assert event.start.timestamp() == appointment.starts_at.timestamp(), at
        assert event.end.timestamp() == appointment.ends_at.timestamp(), at


def offset_by_the_files_own_rules(lines: list[str], wall: datetime) -> timedelta:
    """Read VTIMEZONE as RFC 5545 says: the observance with the latest onset not after the reading."""
    best = None
    start, into = None, None
    for line in lines:
        if line.startswith("DTSTART:") and into is not False:
            start = datetime.strptime(line[8:], "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- a wall reading
        elif line.startswith("TZOFFSETTO:"):
            sign = -1 if line[11] == "-" else 1
            offset = sign * timedelta(hours=int(line[12:14]), minutes=int(line[14:16]))
            if start is not None and start <= wall and (best is None or start > best[0]):
                best = (start, offset)
        elif line == "END:VTIMEZONE":
            break
    assert best is not None
    return best[1]


@pytest.mark.parametrize("zone", ZONES)
def test_the_files_own_zone_rules_give_the_instant_without_any_zone_data(
    make_appointment: Callable[..., Appointment], now, zone
):
    appointment = make_appointment()
    appointment.promised_zone = zone
    for days in range(0, 360, 7):
        at = (now + timedelta(days=days)).replace(minute=0)
        appointment.starts_at, appointment.ends_at = at, at + timedelta(minutes=30)
        lines = lines_of(calendar_file(appointment=appointment, now=now, language="en"))
        start = next(
            line
            for line in lines
            if line.startswith(("DTSTART;", "DTSTART:2026", "DTSTART:2027"))
            and ("TZID" in line or line.endswith("Z"))
        )
        if start.endswith("Z"):
            continue
        wall = datetime.strptime(start.split(":")[1], "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- a wall reading
        exact = (wall - offset_by_the_files_own_rules(lines, wall)).replace(tzinfo=UTC)
        assert exact == at


@pytest.mark.req("INJ-07")
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.one_of(
            st.text(max_size=120),
            st.sampled_from(
                [
                    "\r\nBEGIN:VALARM\r\nACTION:EMAIL\r\nEND:VALARM",
                    "\r\nATTACH:http://evil.example",
                    "\nORGANIZER:mailto:evil@example.com",
                    '";X=1:',
                    "\\n\\;,:",
                    "\u2028BEGIN:VEVENT",
                    "\x00\x85",
                    "é" * 80,
                    "👩‍👩‍👧" * 20,
                ]
            ),
        ),
        min_size=4,
        max_size=4,
    )
)
def test_hostile_names_add_nothing_to_the_file(appointment, now, words):
    appointment.service.name, appointment.business.name = words[0], words[1]
    appointment.location.name, appointment.professional.resource.name = words[2], words[3]
    file = calendar_file(appointment=appointment, now=now, language="en")
    assert sorted(names(file)) == sorted(PROPERTIES)
    event = event_of(file)
    assert sorted(event.keys()) == sorted(PROPERTIES)
    assert event.subcomponents == []
