"""End somebody's work for a business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.business.actions.change_role import keep_an_owner
from clientela.business.models import Membership
from clientela.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def end_membership(*, membership: Membership, by: Actor, now: datetime) -> None:
    """End a membership: the person's next request finds nothing here. Refuses ``LastOwner``.

    The account, the professional and what they did stay.
    """
    with transaction.atomic():
        keep_an_owner(business_id=membership.business_id, without=membership)
        ended = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(
            ended_at=now
        )
        if ended:
            audit.note(action="membership-ended", subject=membership, by=by, now=now)
