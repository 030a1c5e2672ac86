"""The redemption that stands for a cause; the actions of this room use it."""

from __future__ import annotations

from clientela.ledger.errors import NotRedeemed
from clientela.ledger.models import Redemption


def standing_redemption(cause: str) -> Redemption:
    """Return the redemption that stands for a cause, with its grant; refuses ``NotRedeemed`` without one."""
    found = (
        Redemption.objects.select_related("grant")
        .filter(cause=cause, released_at__isnull=True)
        .first()
    )
    if found is None:
        raise NotRedeemed(cause=cause)
    return found


def turn_forfeited(redemption: Redemption, *, lost: bool) -> Redemption:
    """Mark a standing redemption as lost or not; refuses ``NotRedeemed`` if it is so already or has ended."""
    turned = Redemption.objects.filter(
        pk=redemption.pk, forfeited=not lost, released_at__isnull=True
    ).update(forfeited=lost)
    if not turned:
        raise NotRedeemed(cause=redemption.cause)
    redemption.forfeited = lost
    return redemption
