"""Open an account, or find the one that is open."""

from __future__ import annotations

from uuid import UUID

from clientela.ledger.models import AccountKind, LedgerAccount


def open_account(
    *, business_id: UUID, kind: AccountKind, unit: str, key: str = ""
) -> LedgerAccount:
    """Return the account of this kind, unit and key, opened if need be; two at once get the same one.

    Several are opened in the order earned, tax, owed, till, issued, open, used, forfeited, so that two who
    open the same ones do not wait for each other.
    """
    account, _ = LedgerAccount.objects.get_or_create(
        business_id=business_id, kind=kind, key=key, unit=unit
    )
    return account
