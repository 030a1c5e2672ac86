"""The secret address of a person's calendar feed: derived when it is shown, stored only hashed."""

from __future__ import annotations

import re
from typing import Final

from clientela.booking.models import CalendarFeed
from clientela.platform import links

PURPOSE: Final = "calendar-feed"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")


def new_feed_link() -> tuple[str, str, str]:
    """Return a fresh token with the nonce and the digest to be kept of it."""
    nonce = links.new_nonce()
    token = links.derive(purpose=PURPOSE, nonce=nonce)
    return token, nonce, links.digest(token)


def token_of_feed(feed: CalendarFeed) -> str:
    """Derive the feed's token again. Raises ``LookupError`` when the key that made it is lost."""
    return links.rederive(purpose=PURPOSE, nonce=feed.nonce, digest=feed.digest)


def feed_by_token(token: str) -> CalendarFeed | None:
    """Return the living feed that this token opens, or ``None``: ended, unknown and malformed look the same."""
    if not _TOKEN.fullmatch(token):
        return None
    found = (
        CalendarFeed.objects.filter(
            digest=links.digest(token), ended_at__isnull=True, account__is_active=True
        )
        .select_related("account")
        .first()
    )
    if found is None or not links.matches(token=token, digest=found.digest):
        return None
    return found
