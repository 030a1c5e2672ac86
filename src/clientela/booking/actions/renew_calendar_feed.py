"""Give a person a new address for their calendar program; the old one ends at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.models import Account
from clientela.booking.actions.end_calendar_feed import end_living_feed
from clientela.booking.feed_link import new_feed_link
from clientela.booking.models import CalendarFeed
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock


def renew_calendar_feed(*, account: Account, by: Actor, now: datetime) -> str:
    """Make the feed, or its successor, and return the new token. Whoever knew the old address reads nothing more."""
    with transaction.atomic():
        lock(keys=[f"calendar-feed:{account.pk}"])
        ended = end_living_feed(account=account, now=now)
        token, nonce, digest = new_feed_link()
        CalendarFeed.objects.create(account=account, nonce=nonce, digest=digest, created_at=now)
        action = "calendar-feed-renewed" if ended else "calendar-feed-made"
        note(action=action, subject=account, by=by, now=now)
    return token
