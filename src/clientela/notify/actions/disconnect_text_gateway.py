"""Send no texts any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.models import Business
from clientela.notify.models import TextGateway
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock


def disconnect_text_gateway(*, business: Business, by: Actor, now: datetime) -> bool:
    """End the business's account with its gateway; false if there was none.

    What waits to leave by text is settled when it is due, for it has no way out. The secrets stay sealed: news of
    texts that left already, and STOP, are still heard.
    """
    with transaction.atomic():
        lock(keys=[f"text-gateway:{business.pk}"])
        row = TextGateway.objects.filter(business=business, ended_at__isnull=True).first()
        if row is None:
            return False
        TextGateway.objects.filter(pk=row.pk).update(ended_at=now)
        note(action="text-gateway-ended", subject=row, by=by, now=now)
    return True
