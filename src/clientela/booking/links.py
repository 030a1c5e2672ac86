"""The link by which a guest manages one appointment: derived when it is sent, stored only hashed."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from clientela.booking.models import Appointment
from clientela.platform import links

PURPOSE: Final = "manage-appointment"


def new_link() -> tuple[str, str]:
    """Return a fresh nonce and the digest of its token, to be kept with an appointment."""
    nonce = links.new_nonce()
    return nonce, links.digest(links.derive(purpose=PURPOSE, nonce=nonce))


def token_of(appointment: Appointment) -> str:
    """Derive the appointment's token again, also after the secret key was rotated.

    Raises ``LookupError`` when the key that made it is lost.
    """
    return links.rederive(
        purpose=PURPOSE, nonce=appointment.link_nonce, digest=appointment.link_digest
    )


def manage_path(appointment: Appointment) -> str:
    """Return the path of the appointment's page, without the host."""
    return f"/{appointment.business.slug}/a/{token_of(appointment)}/"


def manage_url(appointment: Appointment) -> str:
    """Return the appointment's address for a message: built from the configured host, never from a request."""
    return f"{settings.PUBLIC_URL}{manage_path(appointment)}"


def own_url(appointment: Appointment) -> str:
    """Return the appointment's address among the pages of its client, who signs in there: no secret in it."""
    return f"{settings.PUBLIC_URL}/client/appointments/{appointment.pk}/"
