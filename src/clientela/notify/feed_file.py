"""The calendar that a person's own program subscribes to: every appointment of theirs in one file.

The events are those of ``calendar_file.py``: same UID, growing SEQUENCE, wall-clock times with their zone's rules. Two
things differ. The address of a feed travels to the servers of calendar programs, so no event holds a manage
link: it names the person's own page, which asks to sign in. And there is no METHOD, so an event's DTSTAMP is
its last change (RFC 5545, 3.8.7.2): the same contents are the same bytes.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _, override

from clientela.booking.links import own_url
from clientela.booking.queries.calendar_feed import FeedContents
from clientela.notify.calendar_file import event_lines, file_of_lines, text_value, zone_rules

_ASK_AGAIN: Final = "PT15M"


def feed_file(*, contents: FeedContents) -> bytes:
    """Return the feed as UTF-8 with CRLF lines, in the person's language."""
    appointments = contents.appointments
    with override(contents.state.account.language or None):
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Clientela//Appointments 1//EN",
            "X-WR-CALNAME:" + text_value(_("My appointments")),
            f"REFRESH-INTERVAL;VALUE=DURATION:{_ASK_AGAIN}",
            f"X-PUBLISHED-TTL:{_ASK_AGAIN}",
            *zone_rules(appointments),
            *(
                line
                for one in appointments
                for line in event_lines(one, stamped=one.changed_at, link=own_url(one))
            ),
            "END:VCALENDAR",
        ]
    return file_of_lines(lines)
