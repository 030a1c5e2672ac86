"""End a person's calendar feed: its address answers nobody any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.models import Account
from clientela.booking.models import CalendarFeed
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock


def end_calendar_feed(*, account: Account, by: Actor, now: datetime) -> bool:
    """End the feed and return whether there was one."""
    with transaction.atomic():
        lock(keys=[f"calendar-feed:{account.pk}"])
        ended = end_living_feed(account=account, now=now)
        if ended:
            note(action="calendar-feed-ended", subject=account, by=by, now=now)
    return ended


def end_living_feed(*, account: Account, now: datetime) -> bool:
    """End the feed in the caller's transaction, under its lock; return whether there was one."""
    living = CalendarFeed.objects.filter(account=account, ended_at__isnull=True)
    return bool(living.update(ended_at=now))
