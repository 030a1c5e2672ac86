"""The tokens of a business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.api.models import ApiToken

if TYPE_CHECKING:
    from clientela.business.models import Business


def tokens(*, business: Business) -> list[ApiToken]:
    """Every token of the business, newest first, revoked ones included; none shows its secret."""
    return list(ApiToken.objects.filter(business=business))
