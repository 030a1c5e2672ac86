"""Note that a token was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.api.models import ApiToken

if TYPE_CHECKING:
    from datetime import datetime


def note_use(*, token: ApiToken, now: datetime) -> None:
    """Write the time of use, for the owner's list of tokens."""
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
