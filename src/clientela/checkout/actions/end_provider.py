"""Take no money online any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.models import Business
from clientela.checkout.models import ProviderAccount
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock


def end_provider(*, business: Business, by: Actor, now: datetime) -> bool:
    """End the business's account; what was paid through it can still be given back. False if there was none.

    The secrets stay sealed for that: refunds and late news of old payments need them.
    """
    with transaction.atomic():
        lock(keys=[f"provider:{business.pk}"])
        account = ProviderAccount.objects.filter(business=business, ended_at__isnull=True).first()
        if account is None:
            return False
        ProviderAccount.objects.filter(pk=account.pk).update(ended_at=now)
        note(action="provider-ended", subject=account, by=by, now=now)
    return True
