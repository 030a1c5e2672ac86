"""One appointment as its client reads it: in which zone, in what state, and what may still be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.booking.queries.change_options import ChangeOptions, options_of
from clientela.business.models import BookingPolicy
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.zone_choice import zone_for_client
from clientela.web.account_door import account_door
from clientela.web.brand import brand_of
from clientela.web.design import figures, times
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, badge_of
from clientela.web.visitor import Reading, device_zone, zone_mode

GONE = {Status.CANCELLED, Status.DECLINED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """By which room somebody comes to an appointment: in which frame it is drawn, who acts, where its pages are.

    `frame` is the base template. `again` is where the same thing is booked once more, `pay` where it is paid for;
    `delete` takes it off the client's list, and is empty where there is no list. `why` answers what became of a
    message that did not arrive.
    """

    frame: str
    name: str
    by: Actor
    home: str
    move: str
    cancel: str
    confirm: str
    calendar_file: str
    again: str
    pay: str
    list: str = ""
    delete: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """An appointment, its reader, and the present moment."""

    appointment: Appointment
    door: Door
    policy: BookingPolicy
    reading: Reading
    options: ChangeOptions
    now: datetime

    @property
    def status(self) -> Status:
        """Where it stands."""
        return Status(self.appointment.status)

    @property
    def is_gone(self) -> bool:
        """Whether it will not take place."""
        return self.status in GONE

    @property
    def is_past(self) -> bool:
        """Whether it has begun."""
        return self.appointment.starts_at <= self.now

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or will not take place."""
        return self.is_gone or self.appointment.ends_at <= self.now

    @property
    def says_state(self) -> bool:
        """Whether the state is news: of what is over, everybody knows that it was booked."""
        return not self.is_over or self.status is not Status.CONFIRMED or self.waits_for_payment

    @property
    def waits_for_payment(self) -> bool:
        """Whether its client is to pay for it: no credit covers it, and it is to take place, or did.

        A request is paid for once it is accepted.
        """
        if self.is_gone or self.status in {Status.HELD, Status.REQUESTED}:
            return False
        return self.appointment.redemption == RedemptionState.PENDING

    @property
    def slip_state(self) -> str:
        """How the slip is drawn."""
        if self.is_gone:
            return "cancelled"
        return "past" if self.is_past else "booked"

    @property
    def badge(self) -> Badge:
        """The state in the client's words."""
        return badge_of(
            self.appointment.status,
            audience=Audience.CLIENT,
            redemption=self.appointment.redemption,
        )

    @property
    def title(self) -> str:
        """What and with whom."""
        return title_of(self.appointment)

    @property
    def weekday(self) -> str:
        """The day's name, where the reader is."""
        return times.stub(self.appointment.starts_at, self.reading.zone)[0]

    @property
    def place(self) -> str:
        """Where to go; an online service has no address."""
        return place_of(self.appointment)

    @property
    def detail(self) -> str:
        """The slip's second line: whose it is if it is a child's, where, and what it costs."""
        return " · ".join(part for part in (self.child, self.place, self.price) if part)

    @property
    def ward(self) -> Client | None:
        """The child whose it is, where whoever answers for it looks after it among their own."""
        client = self.appointment.client
        return client if self.door.list and client.account_id is None else None

    @property
    def child(self) -> str:
        """That child's name, or blank."""
        return self.ward.record_name if self.ward else ""

    @property
    def price(self) -> str:
        """What it costs, or nothing."""
        appointment = self.appointment
        if not appointment.price_minor:
            return ""
        return figures.price(appointment.price_minor, appointment.currency)


Find = Callable[[], Visit]
"""Reads the appointment as it stands now, or raises ``Http404``; asked again after a refused act."""


def visit_at(request: HttpRequest, *, appointment: Appointment, door: Door) -> Visit:
    """Read an appointment that was found; in its business's scope. One query, for the policies."""
    now = clock.now()
    found = BookingPolicy.objects.filter(business=appointment.business_id).first()
    policy = found or BookingPolicy()
    return Visit(
        appointment=appointment,
        door=door,
        policy=policy,
        reading=reading_of(appointment, policy=policy, device=device_zone(request)),
        options=options_of(appointment=appointment, policy=found, now=now),
        now=now,
    )


def reading_of(appointment: Appointment, *, policy: BookingPolicy, device: str) -> Reading:
    """The zone of S4.27: locked, else the booking's, else the card's, else the location's."""
    location = appointment.location.zone
    mode = zone_mode(policy)
    zone = zone_for_client(
        mode=mode,
        location_zone=location,
        booking_zone=appointment.zone,
        profile_zone=appointment.client.zone,
    )
    return Reading(
        zone=zone, location=location, device=device, may_choose=mode.value == "client-chooses"
    )


def title_of(appointment: Appointment) -> str:
    """What and with whom."""
    return _("%(service)s with %(name)s") % {
        "service": appointment.service.name,
        "name": appointment.professional.name,
    }


def place_of(appointment: Appointment) -> str:
    """Where to go; an online service has no address."""
    if appointment.service.is_remote:
        return _("Online")
    location = appointment.location
    return ", ".join(part for part in (location.name, location.address) if part)


def again_url(appointment: Appointment, *, ward: Client | None = None) -> str:
    """The booking page with the same service and professional, and for the same child."""
    page = reverse("booking_page:business", args=[appointment.business.slug])
    service, who = appointment.service_id, appointment.professional_id
    whom = f"&for={ward.pk}" if ward else ""
    return f"{page}?service={service}&professional={who}{whom}#when"


def answer(
    request: HttpRequest, template: str, visit: Visit, *, status: int = 200, **context: object
) -> HttpResponse:
    """Draw a page of the appointment: never kept by anybody on the way, never indexed, never named to another site."""
    appointment, door = visit.appointment, visit.door
    given = {
        "visit": visit,
        "appointment": appointment,
        "business": appointment.business,
        "brand": brand_of(appointment.business, location=appointment.location),
        "reading": visit.reading,
        "frame": door.frame,
        "current": "home",
        **_ways_in(visit),
        "home_url": door.home,
        "move_url": door.move,
        "cancel_url": door.cancel,
        "pay_url": door.pay,
        "confirm_url": door.confirm,
        **context,
    }
    return private(render(request, template, given, status=status))


def _ways_in(visit: Visit) -> dict[str, str]:
    """Where a link's holder signs in. It leads to the person's own list: the secret of the link goes into no address."""
    if visit.door.list:
        return {}
    return account_door(login=visit.policy.client_login, back=reverse("client:home"))


def private(response: HttpResponse) -> HttpResponse:
    """Mark an answer as for this reader only.

    The address may hold a secret, so no other site may learn it. Not `no-referrer`: browsers
    would then post our own forms with `Origin: null`, which the forgery check rightly refuses.
    """
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
