"""A message that nobody gets: of an appointment that is in no diary, to see how words look."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _, override

from clientela.booking.links import new_link
from clientela.booking.models import Appointment, Status, WaitingEntry, WaitingOffer
from clientela.booking.waiting_links import new_wait_link
from clientela.business.models import Location, Professional, Resource
from clientela.catalogue.models import Service
from clientela.notify.models import Message, Recipient, Rule
from clientela.people.models import Client
from clientela.rules import clock_time
from clientela.web.desk.staff import Desk

_AHEAD_DAYS: Final = 2
_MINUTE: Final = 17 * 60 + 30
_LASTS_MINUTES: Final = 45


def sample_message(desk: Desk, *, rule: Rule, language: str, channel: str) -> Message:
    """Return an unwritten message of this kind, at the first place, with the first service and professional there are."""
    with override(language):
        appointment = _appointment(desk, language=language)
    message = Message(
        business=desk.business,
        appointment=appointment,
        occurrence=0,
        rule=rule,
        recipient=Recipient.CLIENT,
        recipient_id=appointment.client_id,
        channel=channel,
        language=language,
        zone=appointment.promised_zone,
        message_id="<sample@invalid>",
        facts={
            "by": "staff",
            "previous_starts_at": (appointment.starts_at - timedelta(days=1, hours=2)).isoformat(),
            "left": "1",
        },
        due_at=desk.now,
    )
    if rule is Rule.WAITING_LIST_OFFER:
        message.offer = _offer(appointment)
    return message


def _offer(appointment: Appointment) -> WaitingOffer:
    """That time as somebody on the waiting list would hear of it."""
    nonce, digest = new_wait_link()
    entry = WaitingEntry(
        business=appointment.business,
        service=appointment.service,
        location=appointment.location,
        client=appointment.client,
        link_nonce=nonce,
        link_digest=digest,
    )
    return WaitingOffer(
        entry=entry, professional=appointment.professional, starts_at=appointment.starts_at
    )


def _appointment(desk: Desk, *, language: str) -> Appointment:
    location = desk.locations[0] if desk.locations else Location(business=desk.business, zone=desk.place_zone)  # fmt: skip
    on = clock_time.local_date(desk.now, location.zone) + timedelta(days=_AHEAD_DAYS)
    starts_at = clock_time.to_exact(
        on=on, minute=_MINUTE, zone_name=location.zone, gap="after", overlap="first"
    )
    nonce, digest = new_link()
    return Appointment(
        business=desk.business,
        location=location,
        service=_service(desk),
        professional=_professional(desk),
        client=Client(
            business=desk.business,
            record_name=_("Ana Sample"),
            language=language,
            created_at=desk.now,
        ),
        status=Status.CONFIRMED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=_LASTS_MINUTES),
        promised_zone=location.zone,
        language=language,
        link_nonce=nonce,
        link_digest=digest,
    )


def _service(desk: Desk) -> Service:
    rows = Service.objects.filter(business=desk.business, is_active=True)
    return rows.order_by("position", "id").first() or Service(
        business=desk.business, name=_("Sample service"), duration_minutes=_LASTS_MINUTES
    )


def _professional(desk: Desk) -> Professional:
    rows = Professional.objects.filter(business=desk.business).select_related("resource")
    return rows.first() or Professional(
        business=desk.business, resource=Resource(business=desk.business, name=_("Sample person"))
    )
