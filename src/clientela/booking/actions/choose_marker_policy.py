"""Choose by which policy bookings are marked new or returning."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.models import MarkerPolicyChoice
from clientela.booking.queries.marker_policy import policy_in_force
from clientela.business.models import Business
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock
from clientela.rules.attribution import MarkerPolicy


def choose_marker_policy(
    *, business: Business, policy: MarkerPolicy, by: Actor, now: datetime
) -> MarkerPolicy:
    """Mark by this policy whatever is booked from now on; what is booked keeps the policy it was booked under.

    So no choice turns a marker that somebody has been paid by. Choosing what holds already changes nothing.
    """
    with transaction.atomic():
        lock(keys=[f"marker-policy:{business.pk}"])
        before = policy_in_force(business_id=business.pk, now=now)
        if before is policy:
            return policy
        MarkerPolicyChoice.objects.create(
            business=business, policy=policy.value, since=now, by_account_id=by.account_id
        )
        note(
            action="marker-policy-chosen",
            subject=business,
            by=by,
            now=now,
            business_id=business.pk,
            details={"from": before.value, "to": policy.value},
        )
    return policy
