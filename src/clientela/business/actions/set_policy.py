"""Set a business's booking policies."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from clientela.business.actions.amend import amend
from clientela.business.models import BookingPolicy, Business
from clientela.platform.actor import Actor

OPEN_FIELDS: Final = frozenset(
    {
        "client_may_reschedule",
        "reschedule_closes_minutes",
        "client_may_cancel",
        "cancel_closes_minutes",
        "cancel_free_minutes",
        "no_show_forfeits",
        "zone_mode",
        "phone_field",
        "online_booking",
        "client_login",
        "notification_gate",
    }
)


def set_policy(*, business: Business, by: Actor, now: datetime, **changes: Any) -> BookingPolicy:  # noqa: ANN401 -- the columns differ in type
    """Change the given policy values; they hold from now on, for appointments made before as well.

    Refuses ``ValueRefused`` with the field.
    """
    with transaction.atomic():
        policy, _ = BookingPolicy.objects.get_or_create(business=business)
        return amend(
            policy,
            allowed=OPEN_FIELDS,
            changes=changes,
            action="policy-set",
            by=by,
            now=now,
        )
