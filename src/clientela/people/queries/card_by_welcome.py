"""The card that a welcome mail's link belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.business.models import Business
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.platform.links import digest

PURPOSE: Final = "welcome"
"""The purpose under which the link's token is derived."""

OPEN_FOR: Final = timedelta(days=30)


def card_by_welcome(*, business: Business, token: str, now: datetime) -> Client | None:
    """Return the card of a welcome link, for thirty days and until the person came in; else nothing.

    A later welcome ends the link of an earlier one. In the business's scope.
    """
    return (
        living_cards()
        .filter(
            business=business,
            welcome_digest=digest(token),
            welcome_sent_at__gt=now - OPEN_FOR,
            account__isnull=True,
        )
        .first()
    )
