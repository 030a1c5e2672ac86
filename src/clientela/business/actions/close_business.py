"""Give a business up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from clientela.business.errors import NameDiffers
from clientela.business.events import BusinessClosed
from clientela.business.models import Business
from clientela.business.plain_text import line
from clientela.platform import audit
from clientela.platform.outbox import record

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def close_business(*, business: Business, name_typed: str, by: Actor, now: datetime) -> Business:
    """Close the page and the online booking at once, and set the day on which the clients' data go.

    ``name_typed`` must be the business's name, so that nobody does this by a slip (``NameDiffers``). The grace is
    ``settings.ERASURE_GRACE`` days; until it is over ``reopen_business`` undoes all of it. Clients with appointments
    ahead are told. A business that is closed already is returned unchanged.
    """
    if line(name_typed, limit=120).casefold() != line(business.name, limit=120).casefold():
        raise NameDiffers(field="name")
    with transaction.atomic():
        closed = Business.objects.filter(pk=business.pk, closed_at__isnull=True).update(
            closed_at=now, erase_at=now + timedelta(days=settings.ERASURE_GRACE), is_open=False
        )
        business.refresh_from_db()
        if closed:
            record(BusinessClosed(business_id=business.pk), now=now)
            audit.note(
                action="business-closed", subject=business, business_id=business.pk, by=by, now=now
            )
    return business
