"""Sessions left: what clients bought and have not used, what it is worth, and what ends soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clientela.checkout.queries.reports.credits_left import (
    LATER,
    NEVER,
    SOON,
    Bucket,
    CreditsLeft,
    credits_left as credits_left_of,
)
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.reports.asked import Asked, asked_of
from clientela.web.desk.reports.shell import MOST_ROWS, major, report_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.table_file import Cell, table_file


@dataclass(frozen=True, slots=True)
class Step:
    """Some of them together, and how they are called."""

    label: str
    bucket: Bucket


def credits_left(request: DoorRequest, business: str) -> HttpResponse:
    """List what is left of each sale, the soonest end first, above it how soon it ends."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    found = _found(desk, asked)
    return report_page(
        request,
        "credits",
        desk,
        title=_("Sessions left"),
        asked=asked,
        found=found,
        steps=[Step(end_words(place), bucket) for place, bucket in enumerate(found.buckets)],
        lefts=found.lefts[:MOST_ROWS],
        left_out=max(len(found.lefts) - MOST_ROWS, 0),
    )


def credits_left_file(request: DoorRequest, business: str) -> HttpResponse:
    """The same as a file."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    head = (
        _("Client"),
        _("What"),
        _("Counts from"),
        _("Counts until"),
        _("Sessions"),
        _("Left"),
        _("Worth"),
        _("Currency"),
    )
    return table_file(f"sessions-left-{asked.on}.csv", head, _rows(_found(desk, asked), desk))


def _rows(found: CreditsLeft, desk: Desk) -> Iterator[tuple[Cell, ...]]:
    for one in found.lefts:
        yield (
            one.grant.client.record_name,
            one.grant.sale.name,
            one.grant.applies_on,
            one.grant.valid_until,
            one.grant.credits,
            one.free,
            major(one.worth, desk),
            one.grant.sale.currency,
        )


def _found(desk: Desk, asked: Asked) -> CreditsLeft:
    return credits_left_of(business=desk.business, on=asked.on, known_at=asked.known_at)


def end_words(place: int) -> str:
    """How soon those in a bucket end."""
    if place == NEVER:
        return _("never")
    if place == LATER:
        return _("later than in %(days)s days") % {"days": SOON[-1]}
    if place == 0:
        return _("within %(days)s days") % {"days": SOON[0]}
    return _("in %(from)s to %(to)s days") % {"from": SOON[place - 1] + 1, "to": SOON[place]}
