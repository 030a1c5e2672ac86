"""The one lock of a client's credits.

It is taken after the locks of resources and appointments and before any row of an appointment, sale or
grant is changed; who holds it waits for no resource. So nothing waits in a ring.
"""

from __future__ import annotations

from uuid import UUID

from clientela.platform.locking import lock


def lock_credits(client_id: UUID) -> None:
    """Wait until this client's credits and sales are ours until the transaction ends; then read them."""
    lock(keys=[f"credits:{client_id}"])
