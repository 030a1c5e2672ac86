"""Take an added address back, from the mailbox that was the log-in before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.actions.choose_primary import put_primary
from clientela.accounts.actions.drop_access import drop_access
from clientela.accounts.errors import EmailTaken, LinkClosed
from clientela.accounts.events import AddressUndone
from clientela.accounts.models import AddressChange
from clientela.accounts.queries.address_changes import change_to_undo
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.locking import lock

if TYPE_CHECKING:
    from datetime import datetime


def undo_address_change(*, token: str, now: datetime) -> AddressChange:
    """Give the account back to the mailbox that had it: until 72 hours after the proof, half-open.

    The former address is the log-in again. The added one is gone, with every address added after it; so are the
    password, all sessions, and the factors and linked log-ins made since the change was asked for. Wishes under
    way are closed. Refuses ``LinkClosed``, and ``EmailTaken`` if another account has proved the former address.
    """
    with transaction.atomic():
        found = change_to_undo(token=token, now=now)
        if found is None:
            raise LinkClosed
        lock(keys=[f"account:{found.account_id}", f"login-address:{found.old_email}"])
        change = change_to_undo(token=token, now=now)
        if change is None:
            raise LinkClosed
        _take_back(change, now=now)
        drop_access(account=change.account, since=change.asked_at)
        outbox.record(AddressUndone(change_id=change.pk), now=now)
        audit.note(
            action="address-undone",
            subject=change.account,
            by=Actor.client(change.account_id),
            now=now,
            details={"change": str(change.pk)},
        )
    change.refresh_from_db()
    return change


def _take_back(change: AddressChange, *, now: datetime) -> None:
    account, former = change.account, change.old_email
    if EmailAddress.objects.filter(email=former, verified=True).exclude(user=account).exists():
        raise EmailTaken
    since = AddressChange.objects.filter(account=account, asked_at__gte=change.asked_at)
    since.filter(proved_at__isnull=True, closes_at__gt=now).update(closes_at=now)
    done = since.filter(proved_at__isnull=False, undone_at__isnull=True)
    added = set(done.values_list("new_email", flat=True)) - {former}
    EmailAddress.objects.update_or_create(user=account, email=former, defaults={"verified": True})
    put_primary(account=account, email=former)
    EmailAddress.objects.filter(user=account, email__in=added).delete()
    done.update(undone_at=now)
