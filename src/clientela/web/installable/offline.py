"""The page that opens without a network: what is ahead, to be read on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.booking.queries.change_options import contact_of
from clientela.booking.queries.own_appointments import OwnAppointments, own_appointments
from clientela.business.models import BookingPolicy, Business
from clientela.platform import clock
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand
from clientela.web.installable.person import person_word
from clientela.web.visit.visit import place_of, private, reading_of, title_of
from clientela.web.visitor import device_zone, speak

OF = "X-Offline-Of"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One appointment as it is read offline: nothing on it can be pressed."""

    starts_at: datetime
    zone: str
    what: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """What is ahead at one business, and how it is reached: a telephone works without a network."""

    brand: Brand
    contact: str
    lines: Sequence[Line]


def offline(request: HttpRequest) -> HttpResponse:
    """Show the signed-in person's upcoming appointments and when they were read; a stranger, that there is no network.

    The answer names whose it is by an opaque word, so that a device never keeps it for somebody else.
    """
    person = person_word(request)
    account = request.user if isinstance(request.user, Account) else None
    speak(request, fallback=(account and account.language) or settings.LANGUAGE_CODE)
    now = clock.now()
    groups = _groups(account, device=device_zone(request), now=now) if account else []
    context = {
        "person": person,
        "groups": groups,
        "read_at": now,
        "read_in": device_zone(request) or _first_zone(groups),
    }
    answer = private(render(request, "installable/offline.html", context))
    answer[OF] = person
    return answer


def _groups(account: Account, *, device: str, now: datetime) -> list[Group]:
    found = own_appointments(account_id=account.pk, now=now)
    apart: dict[Business, list[Appointment]] = {}
    for one in found.upcoming:
        apart.setdefault(one.business, []).append(one)
    return [
        Group(
            brand=brand_of(business),
            contact=contact_of(own[0]),
            lines=[_line(one, found, device) for one in own],
        )
        for business, own in apart.items()
    ]


def _line(one: Appointment, found: OwnAppointments, device: str) -> Line:
    policy = found.policies.get(one.business_id) or BookingPolicy()
    return Line(
        starts_at=one.starts_at,
        zone=reading_of(one, policy=policy, device=device).zone,
        what=title_of(one),
        place=place_of(one),
    )


def _first_zone(groups: Sequence[Group]) -> str:
    return groups[0].lines[0].zone if groups else settings.TIME_ZONE
