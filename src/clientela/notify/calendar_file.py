"""The calendar file of an appointment: attached to mails, and downloaded from its page.

One event, or one for each appointment of a series. Its UID never changes and its SEQUENCE grows with each change, so a calendar that
holds it is corrected, not doubled. METHOD is PUBLISH, or CANCEL when the appointment has ended:
we ask nobody to answer by mail, so it is not a REQUEST and names no attendee.

Times are wall-clock times of the promised zone, with that zone's rules around the date
(VTIMEZONE): what was promised is what a clock on that wall will show. The one reading that
RFC 5545 cannot say that way, the second of a doubled hour, is written in UTC.

The properties are exactly ``PROPERTIES`` (a test parses what hostile names make of it).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _, override, pgettext

from clientela.booking.links import manage_url
from clientela.booking.models import Appointment, Status
from clientela.notify.safe_text import one_line
from clientela.rules import clock_time

PROPERTIES = (
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "STATUS",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "URL",
    "ORGANIZER",
    "TRANSP",
)
FILE_NAME = "appointment.ics"

_OCTETS = 75
_AROUND = timedelta(days=400)
_STATUS = {
    Status.REQUESTED: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.DECLINED: "CANCELLED",
}


def calendar_file(
    *,
    appointment: Appointment,
    others: Sequence[Appointment] = (),
    now: datetime,
    language: str,
    with_link: bool = True,
) -> bytes:
    """Return the file as UTF-8 with CRLF lines, as of ``now``, in that language.

    It needs the appointment's business, service, professional and location; with ``with_link``
    it holds the manage link, so it is for the client's eyes only. ``others`` are those of the same
    series, which share its promised zone.
    """
    with override(language):
        lines = _calendar([appointment, *others], now, with_link=with_link)
    return file_of_lines(lines)


def method(appointment: Appointment) -> str:
    """Return the METHOD of its file: ``PUBLISH``, or ``CANCEL`` once it has ended."""
    return "CANCEL" if _STATUS.get(Status(appointment.status)) == "CANCELLED" else "PUBLISH"


def uid(appointment: Appointment) -> str:
    """Return the event's name for ever: the appointment's id at the installation's host."""
    return f"{appointment.pk}@{urlsplit(settings.PUBLIC_URL).hostname}"


def _calendar(appointments: list[Appointment], now: datetime, *, with_link: bool) -> list[str]:
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Clientela//Appointments 1//EN",
        f"METHOD:{method(appointments[0])}",
        *zone_rules(appointments),
        *(
            line
            for one in appointments
            for line in event_lines(one, stamped=now, link=manage_url(one) if with_link else "")
        ),
        "END:VCALENDAR",
    ]


def _is_doubled(appointment: Appointment) -> bool:
    """Say whether it begins or ends in the second reading of a doubled hour."""
    return any(
        clock_time.fold_label(at, appointment.promised_zone) == "again"
        for at in (appointment.starts_at, appointment.ends_at)
    )


def event_lines(appointment: Appointment, *, stamped: datetime, link: str) -> list[str]:
    """Return one event, not folded yet; ``link`` is where it is seen and changed, blank for nowhere."""
    zone, in_utc = appointment.promised_zone, _is_doubled(appointment)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid(appointment)}",
        f"DTSTAMP:{_exact(stamped)}",
        f"SEQUENCE:{appointment.sequence}",
        f"STATUS:{_STATUS.get(Status(appointment.status), 'CONFIRMED')}",
        _time("DTSTART", appointment.starts_at, zone, in_utc=in_utc),
        _time("DTEND", appointment.ends_at, zone, in_utc=in_utc),
        *_words(appointment, link),
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def _words(appointment: Appointment, link: str) -> list[str]:
    """Return what people read of the event."""
    business, location = appointment.business, appointment.location
    place = pgettext("place", "Online") if appointment.service.is_remote else location.name
    if not appointment.service.is_remote and location.address:
        place = f"{place}, {location.address}"
    about = [_("With %(name)s") % {"name": appointment.professional.name}]
    lines = [
        f"SUMMARY:{text_value(f'{appointment.service.name} · {business.name}')}",
        f"LOCATION:{text_value(place)}",
    ]
    if link:
        about.append(_("See, move or cancel: %(link)s") % {"link": link})
        lines.append(f"URL:{link}")
    lines.append("DESCRIPTION:" + "\\n".join(text_value(part, longest=500) for part in about))
    lines.append(f"ORGANIZER;CN={_parameter(business.name)}:mailto:{settings.DEFAULT_FROM_EMAIL}")
    return lines


def _time(name: str, at: datetime, zone: str, *, in_utc: bool) -> str:
    if in_utc:
        return f"{name}:{_exact(at)}"
    return f"{name};TZID={zone}:{_wall(clock_time.to_local(at, zone))}"


def _exact(at: datetime) -> str:
    return clock_time.to_local(at, "UTC").strftime("%Y%m%dT%H%M%SZ")


def _wall(local: datetime) -> str:
    return local.strftime("%Y%m%dT%H%M%S")


def zone_rules(appointments: Sequence[Appointment]) -> list[str]:
    """Return a VTIMEZONE for every zone that a wall-clock time of the appointments is read in."""
    starts: dict[str, list[datetime]] = {}
    for one in appointments:
        if not _is_doubled(one):
            starts.setdefault(one.promised_zone, []).append(one.starts_at)
    return [
        line
        for zone, found in starts.items()
        for line in _rules_of(zone, _midnight(min(found)), _midnight(max(found)))
    ]


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=512)
def _rules_of(zone: str, first: datetime, last: datetime) -> tuple[str, ...]:
    """Return one VTIMEZONE: each stretch of one offset until about a year before and after these days.

    The first observance begins at the window's edge, so every date inside is covered. Messages that leave together
    mostly speak of the same days, so what was found is remembered.
    """
    segments = clock_time.offset_segments(
        zone, start=first - _AROUND, end=last + _AROUND + timedelta(days=1)
    )
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    before = segments[0].offset
    usual = min(segment.offset for segment in segments)
    for segment in segments:
        kind = "STANDARD" if segment.offset == usual else "DAYLIGHT"
        lines += [
            f"BEGIN:{kind}",
            # An observance begins when the clocks, still showing the old offset, reach it.
            f"DTSTART:{_wall(segment.start + before)}",
            f"TZOFFSETFROM:{_offset(before)}",
            f"TZOFFSETTO:{_offset(segment.offset)}",
            f"TZNAME:{clock_time.zone_abbreviation(segment.start, zone)}",
            f"END:{kind}",
        ]
        before = segment.offset
    return (*lines, "END:VTIMEZONE")


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def text_value(words: str, *, longest: int = 200) -> str:
    """Return a TEXT value: one line, with the four characters that RFC 5545 escapes."""
    calm = one_line(words, longest=longest).replace("\\", "\\\\")
    return calm.replace(";", "\\;").replace(",", "\\,")


def _parameter(words: str) -> str:
    """Return a quoted parameter value; a quotation mark has no escape there and becomes an apostrophe."""
    return '"' + one_line(words, longest=120).replace('"', "'") + '"'


def file_of_lines(lines: Sequence[str]) -> bytes:
    """Return the file: each line folded and ended as RFC 5545 has it, in UTF-8."""
    whole = [
        # Nearly all are short and plain.
        line if len(line) <= _OCTETS and line.isascii() else _folded(line)
        for line in lines
    ]
    return "\r\n".join([*whole, ""]).encode()


def _folded(line: str) -> str:
    """Return the line folded at 75 octets, never inside a character."""
    if line.isascii():
        rest = range(_OCTETS, len(line), _OCTETS - 1)
        return "\r\n ".join([line[:_OCTETS], *(line[at : at + _OCTETS - 1] for at in rest)])
    pieces, current, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            pieces.append(current)
            current, size = " ", 1
        current += character
        size += octets
    return "\r\n".join([*pieces, current])
