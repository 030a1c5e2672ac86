"""Choose which proved address is the log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.errors import AddressUnknown, AddressUnproved
from clientela.accounts.own import check_own
from clientela.platform import audit
from clientela.platform.locking import lock
from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account
    from clientela.platform.actor import Actor


def choose_primary(*, account: Account, email: str, by: Actor, now: datetime) -> Account:
    """Make one of the person's proved addresses the log-in; the former one stays theirs.

    Refuses ``AddressUnknown``, ``AddressUnproved`` and ``NotYours``. Choosing the present one changes nothing.
    """
    check_own(account=account, by=by)
    address = normalise_email(email)
    with transaction.atomic():
        lock(keys=[f"account:{account.pk}"])
        account.refresh_from_db(fields=["email"])
        own = EmailAddress.objects.filter(user=account, email=address).first()
        if own is None:
            raise AddressUnknown(field="email")
        if not own.verified:
            raise AddressUnproved(field="email")
        if account.email != address or not own.primary:
            put_primary(account=account, email=address)
            audit.note(action="login-address-chosen", subject=account, by=by, now=now)
    return account


def put_primary(*, account: Account, email: str) -> None:
    """Write which address is the log-in, in both places that say so; the caller's transaction."""
    own = EmailAddress.objects.filter(user=account)
    own.filter(primary=True).exclude(email=email).update(primary=False)
    own.filter(email=email).update(primary=True)
    account.email = email
    account.save(update_fields=["email"])
