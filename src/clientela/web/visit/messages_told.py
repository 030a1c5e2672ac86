"""Whom we told and when: the trace as far as it is the client's to see, or what is about to be sent."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from clientela.business.models import NotificationGate
from clientela.notify.queries.expected_messages import expected_messages
from clientela.notify.queries.standing import contact_of, standing_of
from clientela.notify.queries.trace import trace
from clientela.web.design.shapes import Bead
from clientela.web.message_beads import forecast, proof
from clientela.web.visit.visit import Visit


def messages_told(visit: Visit) -> list[Bead]:
    """The client's own messages. Until the worker has written the first row, the forecast stands in."""
    appointment = visit.appointment
    told = proof(trace(appointment=appointment, now=visit.now), zone=visit.reading.zone)
    if told or visit.is_over:
        return told
    contact = contact_of(appointment)
    gate = NotificationGate(visit.policy.notification_gate)
    return forecast(
        expected_messages(
            business=appointment.business,
            service=appointment.service,
            guest_has_email=bool(contact.address),
            standing=standing_of(appointment=appointment, contact=contact, gate=gate),
        )
    )


def told_at_once(visit: Visit) -> list[Bead]:
    """What the page right after booking says: the client's messages, and that the professional knows."""
    own = messages_told(visit)
    address = visit.appointment.address_used
    if own and "@" in address and not own[0].when and own[0].state != "none":
        own[0] = replace(own[0], when=_("On its way to %(address)s") % {"address": address})
    name = visit.appointment.professional.name
    known = Bead(
        icon="check",
        title=_("%(name)s sees it in the diary") % {"name": name},
        when=_("At once"),
        state="good",
    )
    return [*own[:1], known, *own[1:]]
