"""Set what a business's texts may cost, and to which countries they may go."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from clientela.business.models import Business
from clientela.notify.errors import NoTextGateway
from clientela.notify.models import TextGateway
from clientela.notify.text_account import TextLimits, checked_limits
from clientela.notify.text_budget import forget_alarms
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock


def set_text_limits(
    *, business: Business, limits: TextLimits, by: Actor, now: datetime
) -> TextGateway:
    """Set the price of one part, what a month may cost, and the countries that texts may go to.

    They hold for the next text that leaves; what was counted this month stays counted. What owners
    were told of a cap that is no longer reached, they are told again when the new one is. Refuses ``GatewayRefused`` with the field, and ``NoTextGateway``.
    """
    wanted = asdict(checked_limits(limits))
    with transaction.atomic():
        lock(keys=[f"text-gateway:{business.pk}"])
        row = TextGateway.objects.filter(business=business, ended_at__isnull=True).first()
        if row is None:
            raise NoTextGateway
        altered = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        if altered:
            for name, value in altered.items():
                setattr(row, name, value)
            row.save(update_fields=list(altered))
            forget_alarms(gateway=row, now=now)
            note(action="text-limits-set", subject=row, by=by, now=now, details=altered)
    return row
