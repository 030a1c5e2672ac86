"""Whose a log-in is: the person's, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.accounts.errors import NotYours
from clientela.platform.actor import ActorKind

if TYPE_CHECKING:
    from clientela.accounts.models import Account
    from clientela.platform.actor import Actor


def check_own(*, account: Account, by: Actor) -> None:
    """Refuse ``NotYours`` unless the person acts, or the installation itself.

    No role of a business, no token and no operator changes a person's name, addresses or log-in (S1.33, S1.41).
    """
    is_person = by.kind is ActorKind.CLIENT and by.account_id == account.pk
    if not is_person and by.kind is not ActorKind.SYSTEM:
        raise NotYours
