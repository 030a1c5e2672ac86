"""Finding the one appointment that a secret link is bound to."""

from __future__ import annotations

import re
from typing import Final

from clientela.booking.models import Appointment
from clientela.platform import links

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")


def appointment_by_link(token: str) -> Appointment | None:
    """Return the appointment whose manage link holds this token, or ``None``; only within the scope.

    One that its client deleted is not there any more, for nobody who holds the link.

    The token is looked up by its digest and compared in constant time, so the answer's timing tells nothing.
    """
    if not _TOKEN.fullmatch(token):
        return None
    found = (
        Appointment.objects.filter(link_digest=links.digest(token), hidden_at__isnull=True)
        .select_related(
            "business", "location", "service", "professional__resource", "client", "session"
        )
        .first()
    )
    if found is None or not links.matches(token=token, digest=found.link_digest):
        return None
    return found
