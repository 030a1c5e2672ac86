"""Whose credits stand for something."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clientela.ledger.models import Redemption


def credit_owners(*, causes: Iterable[str]) -> set[UUID]:
    """Return the cards whose credits stand for these causes, the forfeited and the lent ones among them; one query."""
    standing = Redemption.objects.filter(cause__in=list(causes), released_at__isnull=True)
    return set(standing.values_list("grant__client_id", flat=True))
