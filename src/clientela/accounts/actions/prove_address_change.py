"""Add the address whose mailbox was proved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.actions.choose_primary import put_primary
from clientela.accounts.actions.release_address import release_address
from clientela.accounts.errors import EmailTaken, LinkClosed
from clientela.accounts.events import AddressProved
from clientela.accounts.models import Account
from clientela.accounts.queries.address_changes import change_to_prove
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.locking import lock

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import AddressChange

UNDO_WITHIN: Final = timedelta(hours=72)


def prove_address_change(*, token: str, now: datetime) -> AddressChange:
    """Carry out the change that the mailed link stands for: the address is proved, and the log-in if so wished.

    The former log-in mailbox is told and may undo it for 72 hours, also where the address was only added: a log-in
    code could be sent there. The former address stays one of the person's. Refuses ``LinkClosed``, and
    ``EmailTaken`` when another account has proved the address; one that has not, ends.
    """
    with transaction.atomic():
        found = change_to_prove(token=token, now=now)
        if found is None:
            raise LinkClosed
        lock(keys=[f"account:{found.account_id}", f"login-address:{found.new_email}"])
        change = change_to_prove(token=token, now=now)
        if change is None:
            raise LinkClosed
        _make_way(change, now=now)
        EmailAddress.objects.update_or_create(
            user=change.account, email=change.new_email, defaults={"verified": True}
        )
        if change.makes_primary:
            put_primary(account=change.account, email=change.new_email)
        change.proved_at, change.undo_until = now, now + UNDO_WITHIN
        change.save(update_fields=["proved_at", "undo_until"])
        outbox.record(AddressProved(change_id=change.pk), now=now)
        audit.note(
            action="address-proved",
            subject=change.account,
            by=Actor.client(change.account_id),
            now=now,
            details={"change": str(change.pk), "became_login": change.makes_primary},
        )
    return change


def _make_way(change: AddressChange, *, now: datetime) -> None:
    """Refuse an address somebody else has proved; an account on it that nobody has proved gives way."""
    address = change.new_email
    release_address(email=address, now=now)
    proved = EmailAddress.objects.filter(email=address, verified=True)
    log_ins = Account.objects.filter(email=address).exclude(pk=change.account_id)
    if log_ins.exists() or proved.exclude(user=change.account_id).exists():
        raise EmailTaken(field="email")
