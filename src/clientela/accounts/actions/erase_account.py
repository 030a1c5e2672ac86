"""Erase a person's log-in at their own wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.accounts.actions.end_account import end_account
from clientela.accounts.actions.expire_joins import forget_named
from clientela.accounts.erasers import account_erasers
from clientela.accounts.errors import AccountGone
from clientela.accounts.events import AccountErased
from clientela.accounts.models import Account, AccountJoin, AddressChange
from clientela.accounts.own import check_own
from clientela.accounts.queries.addresses import addresses_of
from clientela.platform import outbox
from clientela.platform.locking import lock
from clientela.platform.tenancy import system_scope

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def erase_account(*, account: Account, by: Actor, now: datetime) -> None:
    """Delete the log-in with its addresses, factors, sessions and mails about it; businesses keep their cards.

    Whether the person may leave (an owner cannot leave a business ownerless) is decided above. Refuses
    ``AccountGone`` when it is erased already, and ``NotYours`` for everybody but the person.
    """
    check_own(account=account, by=by)
    with transaction.atomic(), system_scope("a person leaves every business at once"):
        lock(keys=[f"account:{account.pk}"])
        row = Account.objects.select_for_update().filter(pk=account.pk).first()
        if row is None:
            raise AccountGone
        emails = {row.email, *(one.email for one in addresses_of(account=row))}
        forget_named(emails=emails, now=now)
        emails.update(AddressChange.objects.filter(account=row).values_list("new_email", flat=True))
        emails.update(AccountJoin.objects.filter(account=row).values_list("other_email", flat=True))
        for forget in account_erasers():
            forget(emails=sorted(emails), now=now)
        outbox.record(AccountErased(account_id=row.pk), now=now)
        for absorbed in Account.objects.filter(absorbed_by__account=row, is_active=False):
            outbox.record(AccountErased(account_id=absorbed.pk), now=now)
            end_account(account=absorbed, because="absorbed by an erased one", by=by, now=now)
        end_account(account=row, because="at the person's wish", by=by, now=now)
