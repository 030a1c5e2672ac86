"""Once more in two taps: the same service, professional and time of the week are proposed, and one press books."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.errors import StartRefused
from clientela.booking.models import Channel
from clientela.booking.queries.rebook_proposals import rebook_proposals
from clientela.booking.slot import Slot
from clientela.business.models import ClientLogin, Professional
from clientela.checkout.queries.booking_terms import booking_terms
from clientela.notify.queries.forecast import Wish, forecast
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.rules.lifecycle import Status
from clientela.rules.ways_to_pay import ONLINE
from clientela.web import refusals
from clientela.web.client.frame import LATE, WRONG
from clientela.web.client_promises import client_promises
from clientela.web.design.shapes import Bead
from clientela.web.picker.asked import Asked, instant_text
from clientela.web.picker.refused import lost
from clientela.web.visit.own_visit import DOOR, own_visit
from clientela.web.visit.visit import Visit, again_url, answer, private

LONGEST_KEY = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A free start with whom it would be; `key` is what the form sends for it."""

    starts_at: datetime
    ends_at: datetime
    who: Professional
    key: str


def again(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """GET proposes, POST books what was proposed. Where clients have no log-in, the booking page books."""
    visit = own_visit(request, appointment_id)
    if visit.policy.client_login == ClientLogin.OFF:
        return private(redirect(again_url(visit.appointment, ward=visit.ward)))
    return _take(request, visit) if request.method == "POST" else _page(request, visit)


def _take(request: DoorRequest, visit: Visit) -> HttpResponse:
    """Book what was proposed; what has to be paid first is booked at the counter."""
    asked = Asked.read(request.POST)
    if asked.start is None:
        return _page(request, visit, refused=[refusals.sentence("start-missing")], status=WRONG)
    if _wants_payment(visit, starts_at=asked.start):
        return private(redirect(_at_the_counter(visit, asked)))
    try:
        booked = _book(request, visit, asked, starts_at=asked.start)
    except StartRefused as refusal:
        zone = visit.reading.zone
        words = lost(refusal, start=asked.start, anyone=False, zone=zone)
        return _page(request, visit, refused=words, status=LATE)
    except Refusal as refusal:
        return _page(request, visit, refused=[refusals.of(refusal)], status=LATE)
    messages.success(
        request, _("Done. It is in your list, and we have told everybody who needs to know.")
    )
    return private(redirect("client:appointment", booked.appointment.pk))


def _wants_payment(visit: Visit, *, starts_at: datetime) -> bool:
    """Whether the booking page has to ask first how it is paid, or for a card to be kept."""
    one = visit.appointment
    terms = booking_terms(
        business=one.business,
        service=one.service,
        client=one.client,
        is_signed_in=False,
        starts_at=starts_at,
        on=local_date(starts_at, one.location.zone),
        now=visit.now,
    )
    return bool(terms.fee_minor) or set(terms.ways) <= ONLINE


def _at_the_counter(visit: Visit, asked: Asked) -> str:
    """The booking page with the same choices made: there it is paid."""
    one = visit.appointment
    page = reverse("booking_page:business", args=[one.business.slug])
    whom = visit.ward.pk if visit.ward else None
    choices = replace(asked, service=one.service_id, location=one.location_id, whom=whom)
    return f"{page}?{choices.query()}#details"


def _book(request: DoorRequest, visit: Visit, asked: Asked, *, starts_at: datetime) -> Booked:
    """Book the same thing at another time, on the person's own card or that of their child. Sent twice it is one."""
    before = visit.appointment
    who = Professional.objects.filter(pk=asked.professional).first() if asked.professional else None
    return book_appointment(
        business=before.business,
        service=before.service,
        location=before.location if before.location.is_active else None,
        professional=who or before.professional,
        starts_at=starts_at,
        client=None,
        account=request.user,
        relative=visit.ward,
        by=request.actor,
        channel=Channel.WEB,
        door=DOOR,
        zone=before.zone if visit.reading.may_choose else "",
        device_zone=visit.reading.device,
        language=(get_language() or "en").split("-")[0],
        idempotency_key=request.POST.get("key", "")[:LONGEST_KEY] or None,
        now=visit.now,
    )


def _page(
    request: DoorRequest, visit: Visit, *, refused: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """The likeliest time large, others beneath it, and the whole calendar one link away."""
    found = _proposals(visit)
    return answer(
        request,
        "client/again.html",
        visit,
        status=status,
        first=found[0] if found else None,
        others=found[1:],
        beads=_promises(visit, found[0]) if found else [],
        refused=refused,
        key=secrets.token_urlsafe(18),
        calendar_url=again_url(visit.appointment, ward=visit.ward),
    )


def _promises(visit: Visit, proposal: Proposal) -> list[Bead]:
    """What the person will be told of the likeliest time, if they press: as the booking page says it."""
    one = visit.appointment
    wish = Wish(
        business=one.business,
        service=one.service,
        location=one.location,
        starts_at=proposal.starts_at,
        ends_at=proposal.ends_at,
        channel=Channel.WEB,
        by="client",
        status=Status.REQUESTED if one.service.needs_approval else Status.CONFIRMED,
        professional=proposal.who,
        card=one.client,
        zone=one.zone if visit.reading.may_choose else "",
    )
    return client_promises(forecast(wish=wish, now=visit.now))


def _proposals(visit: Visit) -> list[Proposal]:
    slots = rebook_proposals(appointment=visit.appointment, now=visit.now)
    people = _people(visit, slots)
    return [
        Proposal(
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            who=people[_chosen(visit, slot)],
            key=instant_text(slot.starts_at),
        )
        for slot in slots
    ]


def _people(visit: Visit, slots: Sequence[Slot]) -> dict[UUID, Professional]:
    """Who is free, each read once; mostly that is the one from before."""
    before = visit.appointment.professional
    others = {_chosen(visit, slot) for slot in slots} - {before.pk}
    rows = Professional.objects.filter(pk__in=others).select_related("resource") if others else ()
    return {before.pk: before, **{one.pk: one for one in rows}}


def _chosen(visit: Visit, slot: Slot) -> UUID:
    """The professional from before, if free; else the first who is."""
    before = visit.appointment.professional_id
    return before if before in slot.professional_ids else slot.professional_ids[0]
