"""The page: the answer in one sentence, every message, and the checks."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.notify.diagnosis.diagnose import Diagnosis, diagnose as diagnosis_of
from clientela.notify.diagnosis.finding import Reader
from clientela.notify.reach import CHANNELS
from clientela.people.models import Client
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Link
from clientela.web.desk.diagnosis.door import door_of
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts
from clientela.web.why.asked import asked_in, choices
from clientela.web.why.shown import shown

REFUSED: Final = 409


def diagnose(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Say why a message about one appointment is missing. Asking changes nothing."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    return why_page(request, desk, one.client, one, asked=asked_in(request.GET))


def diagnose_client(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """Say why a client's messages are missing: of what is ahead, and of the last visit."""
    desk = desk_of(request)
    return why_page(request, desk, desk.client(client_id), None, asked=asked_in(request.GET))


def examined(desk: Desk, card: Client, one: Appointment | None, *, asked: str) -> Diagnosis:
    """Ask every check as this member of the staff may see it."""
    return diagnosis_of(
        appointment=one,
        client=card,
        only_with=desk.own.pk if desk.own else None,
        reader=Reader.STAFF,
        asked=asked,
        device_zone=desk.device,
        now=desk.now,
    )


def why_page(
    request: DoorRequest,
    desk: Desk,
    card: Client,
    one: Appointment | None,
    *,
    asked: str,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw it, after a declined press with why."""
    door = door_of(desk, card=card, one=one, asked=asked)
    diagnosis = examined(desk, card, one, asked=asked)
    return desk_page(
        request,
        "diagnosis/page.html",
        desk,
        place="calendar" if one else "clients",
        status=status,
        card=card,
        one=one,
        crumb_links=_crumbs(desk, card, one),
        shown=shown(diagnosis, door=door),
        channels=choices(page_url(desk, card, one), asked=asked),
        here=page_url(desk, card, one, asked=asked),
        refused=refused,
        toasts=toasts(request),
    )


def page_url(desk: Desk, card: Client, one: Appointment | None, *, asked: str = "") -> str:
    """Where the same question is asked again."""
    if one is not None:
        page = reverse("desk:diagnose", args=[desk.business.slug, one.pk])
    else:
        page = reverse("desk:diagnose-client", args=[desk.business.slug, card.pk])
    return f"{page}?channel={asked}" if asked in CHANNELS else page


def _crumbs(desk: Desk, card: Client, one: Appointment | None) -> list[Link]:
    slug = desk.business.slug
    crumbs = [
        Link(label=_("Clients"), url=reverse("desk:clients", args=[slug])),
        Link(label=card.record_name, url=reverse("desk:client", args=[slug, card.pk])),
    ]
    if one is not None:
        page = reverse("desk:appointment", args=[slug, one.pk])
        crumbs.append(Link(label=_("Appointment"), url=page))
    return [*crumbs, Link(label=_("Why not?"), url="", current=True)]
