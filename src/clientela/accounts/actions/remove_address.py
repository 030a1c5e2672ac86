"""Take an address off an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.errors import AddressGuarded, AddressUnknown, PrimaryStays
from clientela.accounts.models import AddressChange
from clientela.accounts.own import check_own
from clientela.platform import audit
from clientela.platform.locking import lock
from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account
    from clientela.platform.actor import Actor


def remove_address(*, account: Account, email: str, by: Actor, now: datetime) -> None:
    """Remove an address that is not the log-in.

    Refuses ``NotYours``, ``AddressUnknown``, ``PrimaryStays``, and ``AddressGuarded`` while the address may undo a change: who took
    an account over shall not get rid of its owner's way back.
    """
    check_own(account=account, by=by)
    address = normalise_email(email)
    with transaction.atomic():
        lock(keys=[f"account:{account.pk}"])
        account.refresh_from_db(fields=["email"])
        own = EmailAddress.objects.filter(user=account, email=address).first()
        if own is None:
            raise AddressUnknown(field="email")
        if own.primary or account.email == address:
            raise PrimaryStays(field="email")
        guarding = AddressChange.objects.filter(
            account=account, old_email=address, undone_at__isnull=True, undo_until__gt=now
        ).order_by("-undo_until")
        last = guarding.first()
        if last is not None:
            raise AddressGuarded(field="email", until=last.undo_until)
        own.delete()
        audit.note(action="address-removed", subject=account, by=by, now=now)
