"""Take a business up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.business.errors import GraceOver
from clientela.business.events import BusinessReopened
from clientela.business.models import Business
from clientela.platform import audit
from clientela.platform.outbox import record

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def reopen_business(*, business: Business, by: Actor, now: datetime) -> Business:
    """Undo ``close_business``: the page is open again and nothing is erased.

    Refuses ``GraceOver`` from ``erase_at`` on, whether or not the clients' data went already. A business that is not
    closed is returned unchanged.
    """
    with transaction.atomic():
        standing = Business.objects.select_for_update().get(pk=business.pk)
        if standing.closed_at is None:
            return standing
        if standing.erase_at is None or standing.erase_at <= now:
            raise GraceOver
        standing.closed_at = standing.erase_at = None
        standing.is_open = True
        standing.save(update_fields=["closed_at", "erase_at", "is_open"])
        record(BusinessReopened(business_id=standing.pk), now=now)
        audit.note(
            action="business-reopened", subject=standing, business_id=standing.pk, by=by, now=now
        )
    return standing
