"""What a person's calendar program reads under its secret address, and whether anything is new in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, QuerySet

from clientela.accounts.models import Account
from clientela.booking.feed_link import feed_by_token, token_of_feed
from clientela.booking.models import Appointment, CalendarFeed
from clientela.booking.queries.was_booked import WAS_BOOKED
from clientela.people.queries.hidden_rows import shown_only
from clientela.platform.tenancy import account_scope

_KEPT_PAST: Final = timedelta(days=90)
"""How long what is over stays in the calendar: longer than any program forgets to ask."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """Whose feed it is, and a word that changes whenever its contents may have."""

    account: Account
    etag: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FeedContents:
    """The feed itself: appointments of every business in order of time, the cancelled ones still among them."""

    state: FeedState
    appointments: Sequence[Appointment]


def feed_token(*, account: Account) -> str | None:
    """Return the token of the person's living feed; ``None`` if there is none, or its key was lost."""
    feed = CalendarFeed.objects.filter(account=account, ended_at__isnull=True).first()
    if feed is None:
        return None
    try:
        return token_of_feed(feed)
    except LookupError:
        return None


def feed_state(*, token: str, now: datetime) -> FeedState | None:
    """Return the state of the feed, reading no appointment: one count over an index. ``None``: there is no such feed.

    A calendar program asks every few minutes and is answered "nothing new" from this alone. The word changes
    at least once a day, so that a renamed service or a moved location arrives too.
    """
    feed = feed_by_token(token)
    if feed is None:
        return None
    account = feed.account
    with account_scope(account.pk):
        seen = _shown(account, now=now).aggregate(number=Count("pk"), newest=Max("changed_at"))
    parts = (feed.pk, account.language, seen["number"], seen["newest"], now.date())
    word = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]
    return FeedState(account, word, seen["newest"] or feed.created_at)


def feed_appointments(*, token: str, now: datetime) -> FeedContents | None:
    """Return what the feed holds: all that is ahead and what ended in the last 90 days, and of that what is off.

    Never what the person deleted. ``None``: there is no such feed.
    """
    state = feed_state(token=token, now=now)
    if state is None:
        return None
    with account_scope(state.account.pk):
        rows = (
            _shown(state.account, now=now)
            .select_related("business", "location", "service", "professional__resource")
            .order_by("starts_at", "id")
        )
        return FeedContents(state, list(rows))


def _shown(account: Account, *, now: datetime) -> QuerySet[Appointment]:
    """Return what is in the feed: what is off stays in, so that a program that holds it learns so."""
    rows = Appointment.objects.filter(
        WAS_BOOKED, client__account=account, hidden_at__isnull=True, ends_at__gt=now - _KEPT_PAST
    )
    return shown_only(rows)
