"""The link in an invitation to a household, and how long it is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from clientela.people.models import HouseholdInvitation
from clientela.platform import links

PURPOSE: Final = "household"
LASTS: Final = timedelta(days=7)


def is_open(*, now: datetime) -> Q:
    """Return what holds of an invitation that can still be answered."""
    return Q(
        accepted_at__isnull=True,
        refused_at__isnull=True,
        withdrawn_at__isnull=True,
        expired_at__isnull=True,
        closes_at__gt=now,
    )


def token_of(invitation: HouseholdInvitation) -> str:
    """Return the secret of the link, as it stands in the mail."""
    return links.rederive(
        purpose=PURPOSE, nonce=invitation.invited_nonce, digest=invitation.invited_digest
    )


def invitation_of(*, token: str, now: datetime) -> HouseholdInvitation | None:
    """Return the invitation that this link may still answer, or None: unknown, used and over look alike."""
    found = HouseholdInvitation.objects.filter(is_open(now=now), invited_digest=links.digest(token))
    return found.select_related("account").first()
