"""Which token a request carries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientela.api.actions.make_token import PREFIX, digest_of
from clientela.api.models import ApiToken

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.business.models import Business

USE_IS_NOTED_EVERY = timedelta(hours=1)


def living_token(*, business: Business, secret: str) -> ApiToken | None:
    """The business's token with this secret, unless it was revoked or is another business's."""
    if not secret.startswith(PREFIX):
        return None
    return ApiToken.objects.filter(
        business=business, digest=digest_of(secret), revoked_at__isnull=True
    ).first()


def use_is_worth_noting(*, token: ApiToken, now: datetime) -> bool:
    """Whether the last noted use is over an hour ago."""
    return token.last_used_at is None or now - token.last_used_at >= USE_IS_NOTED_EVERY
