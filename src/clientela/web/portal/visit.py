"""One appointment as its client reads it: in which zone, in what state, and what may still be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.booking.queries.change_options import ChangeOptions, change_options
from clientela.business.models import BookingPolicy
from clientela.platform import clock
from clientela.rules.lifecycle import Status
from clientela.rules.zone_choice import zone_for_client
from clientela.web.brand import brand_of
from clientela.web.design import figures, times
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, badge_of
from clientela.web.visitor import Reading, device_zone, language_of, speak, zone_mode

DOOR = "manage-link"
GONE = {Status.CANCELLED, Status.DECLINED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """An appointment, its reader, and the present moment."""

    appointment: Appointment
    token: str
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
    def slip_state(self) -> str:
        """How the slip is drawn."""
        if self.is_gone:
            return "cancelled"
        return "past" if self.is_past else "booked"

    @property
    def badge(self) -> Badge:
        """The state in the client's words."""
        return badge_of(self.appointment.status, audience=Audience.CLIENT)

    @property
    def title(self) -> str:
        """What and with whom."""
        return _("%(service)s with %(name)s") % {
            "service": self.appointment.service.name,
            "name": self.appointment.professional.name,
        }

    @property
    def weekday(self) -> str:
        """The day's name, where the reader is."""
        return times.stub(self.appointment.starts_at, self.reading.zone)[0]

    @property
    def place(self) -> str:
        """Where to go; an online service has no address."""
        if self.appointment.service.is_remote:
            return _("Online")
        location = self.appointment.location
        return ", ".join(part for part in (location.name, location.address) if part)

    @property
    def detail(self) -> str:
        """The slip's second line: where, and what it costs."""
        return " · ".join(part for part in (self.place, self.price) if part)

    @property
    def price(self) -> str:
        """What it costs, or nothing."""
        appointment = self.appointment
        if not appointment.price_minor:
            return ""
        return figures.price(appointment.price_minor, appointment.currency)

    def url(self, name: str) -> str:
        """The address of one of this appointment's pages."""
        return reverse(f"portal:{name}", args=[self.appointment.business.slug, self.token])

    @property
    def again_url(self) -> str:
        """The booking page with the same service and professional."""
        page = reverse("booking_page:business", args=[self.appointment.business.slug])
        service, who = self.appointment.service_id, self.appointment.professional_id
        return f"{page}?service={service}&professional={who}#when"


def visit_of(request: HttpRequest, token: str) -> Visit:
    """Find the appointment of the link, or answer 404: an unknown, foreign or mistyped link all look the same."""
    appointment = appointment_by_link(token)
    if appointment is None:
        raise Http404
    speak(request, fallback=appointment.language or language_of(appointment.business))
    now = clock.now()
    policy = BookingPolicy.objects.filter(business=appointment.business_id).first()
    return Visit(
        appointment=appointment,
        token=token,
        policy=policy or BookingPolicy(),
        reading=_reading(appointment, policy or BookingPolicy(), device_zone(request)),
        options=change_options(appointment=appointment, now=now),
        now=now,
    )


def _reading(appointment: Appointment, policy: BookingPolicy, device: str) -> Reading:
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


def answer(
    request: HttpRequest, template: str, visit: Visit, *, status: int = 200, **context: object
) -> HttpResponse:
    """Draw a page of the link: never kept by anybody on the way, never indexed, never named to another site."""
    business = visit.appointment.business
    given = {
        "visit": visit,
        "appointment": visit.appointment,
        "business": business,
        "brand": brand_of(business, location=visit.appointment.location),
        "reading": visit.reading,
        "home_url": visit.url("appointment"),
        "move_url": visit.url("reschedule"),
        "cancel_url": visit.url("cancel"),
        "confirm_url": visit.url("confirm"),
        **context,
    }
    return private(render(request, template, given, status=status))


def private(response: HttpResponse) -> HttpResponse:
    """Mark an answer as for this reader only.

    The address holds the secret, so no other site may learn it. Not `no-referrer`: browsers
    would then post our own forms with `Origin: null`, which the forgery check rightly refuses.
    """
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
