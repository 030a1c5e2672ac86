"""Invitation links: derived when they are mailed, stored only hashed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings

from clientela.business.models import Invitation
from clientela.platform import links

PURPOSE: Final = "invitation"
LASTS: Final = timedelta(days=7)


def token_of(invitation: Invitation) -> str:
    """The secret of an invitation's link, derived again."""
    return links.rederive(purpose=PURPOSE, nonce=invitation.nonce, digest=invitation.token_digest)


def invitation_url(invitation: Invitation, *, slug: str) -> str:
    """The address that the invited person opens."""
    return f"{settings.PUBLIC_URL}/desk/{slug}/invitation/{token_of(invitation)}/"
