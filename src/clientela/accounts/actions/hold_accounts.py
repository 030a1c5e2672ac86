"""Hold the accounts that are joined, parted or erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.accounts.models import Account
from clientela.platform.locking import lock

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID


def hold_accounts(*, ids: Collection[UUID], address: str = "") -> dict[UUID, Account]:
    """Return these accounts as they are now, held until the caller's transaction ends; those that are gone are missing.

    The one order: accounts, and with them a further ``address``; then who finds or makes their cards; then the joining
    of a business, its cards and their credits. Whoever changes an account row by itself does so before it waits for a
    card, too. So nobody waits in a ring.
    """
    wanted = [f"account:{one}" for one in ids]
    if address:
        wanted.append(f"login-address:{address}")
    lock(keys=wanted)
    # Not its key: an appointment that names the account may be written meanwhile.
    rows = Account.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}
