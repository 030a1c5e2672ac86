"""Give back credits that one client used of another's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Q

from clientela.booking.actions.credit import without_credit
from clientela.booking.actions.move_to import set_redemption
from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.loan_partners import USES_CREDIT
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.models import Redemption
from clientela.people.queries.household_ties import household_ties
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.rules.redemption_state import RedemptionState


def uncross_credits(*, client_ids: Collection[UUID], now: datetime) -> list[Appointment]:
    """Return to its grant every credit that stands for an appointment of another client, and return those.

    They were one person when it was used. Nothing is lost or made: the credit is free again where it was bought, and
    the appointment waits for one again, if it takes place. A forfeited credit goes back as well. What was lent stays
    lent, also by or to a third, if the two have ever belonged to one household; else the leave was another's. The
    caller holds the credits of these clients, and of those with whom they lent and borrowed.
    """
    own = Appointment.objects.filter(client__in=client_ids, redemption__in=USES_CREDIT)
    causes = [cause_of(key) for key in own.values_list("pk", flat=True)]
    standing = {
        one.cause: one
        for one in Redemption.objects.filter(
            Q(grant__client__in=client_ids) | Q(cause__in=causes), released_at__isnull=True
        ).select_related("grant")
    }
    ids = [key for key in map(appointment_id_of, standing) if key is not None]
    used = Appointment.objects.filter(pk__in=ids, redemption__in=USES_CREDIT)
    together = cache(lambda client_id: household_ties(client_id=client_id))
    crossed = []
    for one in used.select_related("service").order_by("starts_at", "id"):
        credit = standing[cause_of(one.pk)]
        owner = credit.grant.client_id
        if owner != one.client_id and not (credit.lent and owner in together(one.client_id)):
            crossed.append(one)
    for one in crossed:
        release_credit(cause=cause_of(one.pk), now=now)
        waits = Status(one.status) in HOLDS_TIME
        set_redemption(one, new=without_credit(one.service) if waits else RedemptionState.RETURNED)
    return crossed
