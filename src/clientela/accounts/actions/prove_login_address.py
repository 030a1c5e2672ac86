"""Prove the mailbox with which an account was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.actions.drop_access import drop_access
from clientela.accounts.errors import AccountGone, AddressUnknown, EmailTaken
from clientela.accounts.models import Account, AddressChange
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from datetime import datetime


def prove_login_address(
    *, account: Account, email: str, keeps_password: bool, now: datetime
) -> Account:
    """Note that the holder of this mailbox stands behind the account: its seven days no longer run.

    Who proves the mailbox owns the account. Unless ``keeps_password`` (the proof came from the browser that
    signed up), what was set before the proof goes: password, sessions, factors, linked log-ins. An
    account proved before only gets the address marked. Refuses ``AccountGone`` from the moment of expiry on,
    whether or not its row still stands, ``AddressUnknown`` and ``EmailTaken``.
    """
    address = normalise_email(email)
    with transaction.atomic():
        lock(keys=[f"login-address:{address}"])
        standing = _standing(account, now=now)
        was_unproved = standing.expires_at is not None
        _mark(standing, address)
        if was_unproved:
            standing.expires_at = standing.notice_at = None
            standing.save(update_fields=["expires_at", "notice_at"])
        if was_unproved and not keeps_password:
            AddressChange.objects.filter(account=standing).delete()
            EmailAddress.objects.filter(user=standing, verified=False).delete()
            drop_access(account=standing)
        audit.note(
            action="login-address-proved",
            subject=standing,
            by=Actor.client(standing.pk),
            now=now,
            details={"former_access": "kept" if keeps_password or not was_unproved else "dropped"},
        )
    account.refresh_from_db()
    return account


def _standing(account: Account, *, now: datetime) -> Account:
    """The row, held until the transaction ends: the job that deletes waits, or has been."""
    row = Account.objects.select_for_update().filter(pk=account.pk).first()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        raise AccountGone
    return row


def _mark(account: Account, address: str) -> None:
    own = EmailAddress.objects.filter(user=account, email=address).first()
    if own is None and account.email != address:
        raise AddressUnknown(field="email")
    if EmailAddress.objects.filter(email=address, verified=True).exclude(user=account).exists():
        raise EmailTaken(field="email")
    has_primary = EmailAddress.objects.filter(user=account, primary=True).exclude(email=address)
    EmailAddress.objects.update_or_create(
        user=account,
        email=address,
        defaults={"verified": True, "primary": not has_primary.exists()},
    )
