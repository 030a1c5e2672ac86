"""Revoke an API token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.api.models import ApiToken
from clientela.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def revoke_token(*, token: ApiToken, by: Actor, now: datetime) -> None:
    """End a token: the next request that carries it is refused. Doing it twice is the same."""
    with transaction.atomic():
        ended = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now)
        if ended:
            audit.note(
                action="api-token.revoked",
                subject=token,
                by=by,
                now=now,
                business_id=token.business_id,
            )
