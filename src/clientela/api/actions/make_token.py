"""Make an API token."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from clientela.api.models import ApiToken, TokenScope
from clientela.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.business.models import Business
    from clientela.platform.actor import Actor

PREFIX = "cl_"


@dataclass(frozen=True)
class MadeToken:
    """The row, and the secret that is shown this once."""

    row: ApiToken
    secret: str


def make_token(
    *, business: Business, label: str, scope: TokenScope, by: Actor, now: datetime
) -> MadeToken:
    """Make a token of 256 random bits for a business; the secret can never be shown again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        row = ApiToken.objects.create(
            business=business,
            label=label.strip(),
            digest=digest_of(secret),
            hint=secret[:8],
            scope=scope,
            created_by=by.account_id,
            created_at=now,
        )
        audit.note(
            action="api-token.made",
            subject=row,
            by=by,
            now=now,
            business_id=business.pk,
            details={"scope": str(scope)},
        )
    return MadeToken(row=row, secret=secret)


def digest_of(secret: str) -> str:
    """How a token is kept. It is random, so a plain hash needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
