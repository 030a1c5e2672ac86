"""Add to calendar: our own file, and the two services that take an appointment by address."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from clientela.rules.clock_time import to_local
from clientela.web.design.shapes import Link
from clientela.web.visit.visit import Visit

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/action/compose"


def calendar_links(visit: Visit) -> list[Link]:
    """The menu, the file first. The secret link is not told to the other services."""
    return [
        Link(
            label=_(".ics file (phone and computer)"),
            url=visit.door.calendar_file,
            icon="download",
        ),
        Link(label="Google Calendar", url=_google(visit), icon="external-link"),
        Link(label="Outlook", url=_outlook(visit), icon="external-link"),
    ]


def _google(visit: Visit) -> str:
    one = visit.appointment
    span = f"{_utc(one.starts_at):%Y%m%dT%H%M%SZ}/{_utc(one.ends_at):%Y%m%dT%H%M%SZ}"
    query = {
        "action": "TEMPLATE",
        "text": _title(visit),
        "dates": span,
        "location": visit.place,
        "ctz": one.promised_zone,
    }
    return f"{GOOGLE}?{urlencode(query)}"


def _outlook(visit: Visit) -> str:
    one = visit.appointment
    query = {
        "rru": "addevent",
        "subject": _title(visit),
        "startdt": f"{_utc(one.starts_at):%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{_utc(one.ends_at):%Y-%m-%dT%H:%M:%SZ}",
        "location": visit.place,
    }
    return f"{OUTLOOK}?{urlencode(query)}"


def _title(visit: Visit) -> str:
    return f"{visit.appointment.service.name} · {visit.appointment.business.name}"


def _utc(at: datetime) -> datetime:
    return to_local(at, "UTC")
