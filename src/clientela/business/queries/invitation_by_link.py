"""Find an invitation by the secret of its link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.business.models import Invitation
from clientela.platform import links

if TYPE_CHECKING:
    from datetime import datetime


def invitation_by_link(*, token: str, now: datetime) -> Invitation | None:
    """The open invitation with this link in the business of the scope; none if used, withdrawn or too old."""
    return (
        Invitation.objects.filter(
            token_digest=links.digest(token),
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
        )
        .select_related("business", "professional__resource")
        .first()
    )
