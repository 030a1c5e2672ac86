"""Between which cards credits are lent."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.models import Appointment
from clientela.ledger.models import Redemption
from clientela.rules.redemption_state import RedemptionState

USES_CREDIT = (RedemptionState.REDEEMED.value, RedemptionState.FORFEITED.value)


def loan_partners(*, card_ids: Collection[UUID]) -> set[UUID]:
    """Return the other cards that have lent a credit to one of these, or had one of it, that stands; three queries."""
    own = Appointment.objects.filter(client__in=card_ids, redemption__in=USES_CREDIT)
    causes = [cause_of(key) for key in own.values_list("pk", flat=True)]
    lent = Redemption.objects.filter(
        Q(grant__client__in=card_ids) | Q(cause__in=causes), lent=True, released_at__isnull=True
    )
    rows = dict(lent.values_list("cause", "grant__client_id"))
    ids = [key for key in map(appointment_id_of, rows) if key is not None]
    borrowers = Appointment.objects.filter(pk__in=ids).values_list("client_id", flat=True)
    return {*rows.values(), *(borrowers if ids else ())} - set(card_ids)
