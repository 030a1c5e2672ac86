"""Note that nothing personal is left of a business's clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.business.events import BusinessErased
from clientela.business.models import Business
from clientela.platform import audit
from clientela.platform.outbox import record

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def mark_erased(*, business: Business, by: Actor, now: datetime) -> None:
    """Write when the last card was erased; once."""
    with transaction.atomic():
        marked = Business.objects.filter(
            pk=business.pk, erase_at__lte=now, erased_at__isnull=True
        ).update(erased_at=now)
        if marked:
            record(BusinessErased(business_id=business.pk), now=now)
            audit.note(
                action="business-erased", subject=business, business_id=business.pk, by=by, now=now
            )
