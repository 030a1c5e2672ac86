"""Pending redemption: appointments that no credit pays for yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.checkout.queries.reports.unredeemed import Unredeemed, unredeemed as unredeemed_of
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.reports.asked import Asked, asked_of
from clientela.web.desk.reports.shell import MOST_ROWS, major, report_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.table_file import Cell, table_file


def unredeemed(request: DoorRequest, business: str) -> HttpResponse:
    """List the appointments, the oldest first, above them of which services they are."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    found = _found(desk, asked)
    return report_page(
        request,
        "unredeemed",
        desk,
        title=_("Pending redemption"),
        asked=asked,
        found=found,
        number=len(found.appointments),
        services=Counter(one.service.name for one in found.appointments).most_common(),
        rows=found.appointments[:MOST_ROWS],
        left_out=max(len(found.appointments) - MOST_ROWS, 0),
    )


def unredeemed_file(request: DoorRequest, business: str) -> HttpResponse:
    """The same as a file."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    head = (
        _("When"),
        _("Time zone"),
        _("Client"),
        _("Service"),
        _("Professional"),
        _("Price"),
        _("Currency"),
    )
    return table_file(
        f"unredeemed-{asked.on}.csv", head, _rows(_found(desk, asked).appointments, desk)
    )


def _rows(appointments: list[Appointment], desk: Desk) -> Iterator[tuple[Cell, ...]]:
    for one in appointments:
        yield (
            one.promised_local.replace("T", " "),
            one.promised_zone,
            one.client.record_name,
            one.service.name,
            one.professional.name,
            major(one.price_minor, desk),
            one.currency,
        )


def _found(desk: Desk, asked: Asked) -> Unredeemed:
    return unredeemed_of(business=desk.business, now=desk.now, known_at=asked.known_at)
