"""A person's appointments as one calendar file, to take along: no link in it, so it may go anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _, override

from clientela.booking.models import Appointment
from clientela.notify.calendar_file import event_lines, file_of_lines, text_value, zone_rules


def own_calendar(*, appointments: Sequence[Appointment], language: str) -> bytes:
    """Return the file as UTF-8 with CRLF lines; each event is stamped with its own last change.

    The appointments come with business, service, professional and location, and may be of several businesses and zones.
    """
    with override(language):
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Clientela//Appointments 1//EN",
            "METHOD:PUBLISH",
            f"X-WR-CALNAME:{text_value(_('My appointments'))}",
            *zone_rules(appointments),
            *(
                line
                for one in appointments
                for line in event_lines(one, stamped=one.changed_at, link="")
            ),
            "END:VCALENDAR",
        ]
    return file_of_lines(lines)
