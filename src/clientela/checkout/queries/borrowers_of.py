"""Who uses credits of a sale that another bought."""

from __future__ import annotations

from uuid import UUID

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.ledger.models import Redemption, Sale


def borrowers_of(*, sale: Sale) -> set[UUID]:
    """Return the cards for whose appointments lent credits of the sale stand; one query, two if there are any."""
    lent = Redemption.objects.filter(grant__sale=sale, lent=True, released_at__isnull=True)
    ids = [appointment_id_of(cause) for cause in lent.values_list("cause", flat=True)]
    if not ids:
        return set()
    booked = Appointment.objects.filter(pk__in=[one for one in ids if one is not None])
    return set(booked.values_list("client_id", flat=True))
