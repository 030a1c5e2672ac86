"""The one lock of a client's credits.

It is taken after the locks of resources and appointments, together with the client's card, and before any row of an
appointment, sale or grant is changed; who holds it waits for no resource. So nothing waits in a ring.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clientela.people.actions.hold_cards import keep_cards_and_lock


def lock_credits(client_id: UUID) -> None:
    """Wait until this client's credits and sales are ours until the transaction ends; then read them."""
    lock_credits_of(client_ids=[client_id])


def lock_credits_of(*, client_ids: Iterable[UUID]) -> None:
    """Take the credits of several clients, all their cards first, as a merge does; the caller's transaction."""
    wanted = sorted(set(client_ids))
    if wanted:
        keep_cards_and_lock(cards=wanted, keys=[f"credits:{one}" for one in wanted])
