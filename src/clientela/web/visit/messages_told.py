"""Whom we told and when: the trace as far as it is the client's to see, or what is about to be sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from clientela.booking.models import Channel
from clientela.notify.occasions import Fact
from clientela.notify.queries.forecast import Change, forecast_of
from clientela.notify.queries.trace import trace
from clientela.rules.lifecycle import Status
from clientela.web.client_promises import client_promises
from clientela.web.design.shapes import Bead
from clientela.web.message_beads import proof
from clientela.web.visit.visit import Visit

# Which fact an appointment's first messages tell; of one that came in a file nobody was told.
_FIRST: Final = {Status.REQUESTED: Fact.REQUESTED, Status.CONFIRMED: Fact.BOOKED}
_BY: Final = {Channel.STAFF: "staff", Channel.IMPORT: "system"}


def messages_told(visit: Visit) -> list[Bead]:
    """The client's own messages. Until the worker has written the first row, the forecast stands in."""
    appointment = visit.appointment
    told = proof(trace(appointment=appointment, now=visit.now), zone=visit.reading.zone)
    if told or visit.is_over:
        return told
    return client_promises(
        forecast_of(appointment=appointment, fact=_fact(visit), by=_by(visit), now=visit.now)
    )


def promises_of_move(visit: Visit, change: Change) -> list[Bead]:
    """What the client will be told if the appointment is moved there by themselves."""
    return client_promises(
        forecast_of(
            appointment=visit.appointment, by=visit.door.by.kind.value, change=change, now=visit.now
        )
    )


def told_at_once(visit: Visit) -> list[Bead]:
    """What the page right after booking says: the client's messages, and that the professional knows."""
    own = messages_told(visit)
    address = visit.appointment.address_used
    if own and "@" in address and own[0].icon == "mail" and own[0].state != "none":
        own[0] = replace(own[0], when=_("On its way to %(address)s") % {"address": address})
    name = visit.appointment.professional.name
    known = Bead(
        icon="check",
        title=_("%(name)s sees it in the diary") % {"name": name},
        when=_("At once"),
        state="good",
    )
    return [*own[:1], known, *own[1:]]


def _fact(visit: Visit) -> Fact:
    """What has just happened to an appointment that has no message yet."""
    if visit.appointment.sequence or visit.appointment.channel == Channel.IMPORT:
        return Fact.STANDS
    return _FIRST.get(visit.status, Fact.STANDS)


def _by(visit: Visit) -> str:
    channel = Channel(visit.appointment.channel)
    return _BY.get(channel, "client" if visit.appointment.client.account_id else "guest")
