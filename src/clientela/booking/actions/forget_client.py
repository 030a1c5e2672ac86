"""Take a person off their appointments."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.end_hold import end_hold
from clientela.booking.actions.move_to import appointment_key, held_by
from clientela.booking.links import new_link
from clientela.booking.models import Appointment, ReclassifyRequest, Status
from clientela.people.models import Client
from clientela.platform import audit
from clientela.platform.actor import Actor

DOOR: Final = "erasure"
_AHEAD: Final = (Status.HELD, Status.REQUESTED, Status.CONFIRMED)


def keys_ahead(*, card: Client, now: datetime) -> set[str]:
    """Return the locks of what the card's appointments ahead hold; before the card, as who books for it comes.

    All at once, also because who holds a client's credits waits for no resource.
    """
    ahead = _ahead(card, now=now)
    resources = {str(resource) for one in ahead for resource in held_by(one)}
    return resources | {appointment_key(one) for one in ahead}


def cancel_what_is_ahead(*, card: Client, now: datetime) -> None:
    """Cancel what has not begun, whatever the cut-offs say: nobody is left who could come. What is held is let go.

    The card is held, and all that is locked for this is ours already (``keys_ahead``).
    """
    by = Actor.system("erasure")
    with transaction.atomic():
        for appointment in _ahead(card, now=now):
            if appointment.status == Status.HELD:
                end_hold(appointment=appointment, by=by, now=now)
            else:
                cancel_appointment(appointment=appointment, by=by, door=DOOR, now=now)


def forget_client(*, card: Client, now: datetime) -> None:  # noqa: ARG001 -- every eraser is told the moment
    """Empty what was typed, noted or read about the person on every appointment; service, time and price stay.

    The links that were mailed open nothing any more.
    """
    appointments = Appointment.objects.filter(client=card)
    with transaction.atomic():
        for one in appointments.only("id").iterator():
            nonce, digest = new_link()  # a link that nobody was ever sent
            Appointment.objects.filter(pk=one.pk).update(
                account=None,
                address_used="",
                phone_used="",
                zone="",
                device_zone="",
                client_note="",
                staff_note="",
                link_nonce=nonce,
                link_digest=digest,
            )
        keys = list(appointments.values_list("pk", flat=True))
        ReclassifyRequest.objects.filter(appointment__client=card).update(note="")
        audit.forget_reasons(subject_type=Appointment._meta.label, subject_ids=keys)


def _ahead(card: Client, *, now: datetime) -> list[Appointment]:
    """Return what has not begun, of the card and of those it took up, in order of start."""
    cards = Q(client=card) | Q(client__merged_into=card)
    ahead = Appointment.objects.filter(cards, status__in=_AHEAD, starts_at__gt=now)
    return list(ahead.order_by("starts_at", "id"))
