"""Let one account take over the addresses of another, and give them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.actions.choose_primary import put_primary
from clientela.accounts.actions.drop_access import drop_access
from clientela.accounts.actions.end_sessions import end_sessions
from clientela.accounts.errors import AccountGone, EmailTaken
from clientela.accounts.models import Account, AccountJoin, AddressChange

if TYPE_CHECKING:
    from datetime import datetime

_AT_ONCE: Final = 100


def absorb_account(*, join: AccountJoin, absorbed: Account, now: datetime) -> None:
    """Move the proved addresses to ``join.account`` as further ones; nobody signs in to ``absorbed`` any more.

    In the caller's transaction, which holds both accounts. Its sessions end, its wishes for addresses are closed, and
    what it had entered and not proved is dropped. Password and factors stay on it, useless, until the undoing is over
    (``close_joined``). Refuses ``AccountGone`` when it was absorbed already.
    """
    if not absorbed.is_active:
        raise AccountGone
    own = EmailAddress.objects.filter(user=absorbed)
    join.absorbed, join.absorbed_email = absorbed, absorbed.email
    join.moved_emails = sorted(own.filter(verified=True).values_list("email", flat=True))
    own.filter(verified=False).delete()
    AddressChange.objects.filter(
        account=absorbed, proved_at__isnull=True, closes_at__gt=now
    ).update(closes_at=now)
    # A mailed undoing would bring an address back under an account that is no more.
    AddressChange.objects.filter(account=absorbed, undo_until__gt=now).update(undo_until=now)
    end_sessions(account=absorbed)
    own.update(user=join.account, primary=False)
    absorbed.email = f"{absorbed.pk}@joined.invalid"
    absorbed.is_active = False
    absorbed.save(update_fields=["email", "is_active"])


def restore_account(*, join: AccountJoin, now: datetime) -> Account | None:
    """Give the addresses back, in the caller's transaction, and return their account; everybody is signed out.

    Where only an address was added, it goes and there is no account. Refuses ``AccountGone`` when the absorbed account was erased meanwhile, and ``EmailTaken`` when one of its
    addresses has since become the log-in of the other.
    """
    absorbed = join.absorbed
    if absorbed is None and join.absorbed_email:
        raise AccountGone
    _keep_log_in(join)
    moved = EmailAddress.objects.filter(user=join.account, email__in=join.moved_emails)
    if absorbed is None:
        moved.delete()
    else:
        moved.update(user=absorbed, primary=False)
        EmailAddress.objects.update_or_create(
            user=absorbed, email=join.absorbed_email, defaults={"verified": True}
        )
        absorbed.is_active = True
        absorbed.save(update_fields=["is_active"])
        put_primary(account=absorbed, email=join.absorbed_email)
    AddressChange.objects.filter(
        account=join.account, proved_at__isnull=True, closes_at__gt=now
    ).update(closes_at=now)
    end_sessions(account=join.account)
    return absorbed


def _keep_log_in(join: AccountJoin) -> None:
    """Let the account sign in with its own address again if it has since chosen one that goes back."""
    if join.account.email not in join.moved_emails:
        return
    if not EmailAddress.objects.filter(user=join.account, email=join.own_email).exists():
        raise EmailTaken
    put_primary(account=join.account, email=join.own_email)


def close_joined(*, now: datetime) -> int:
    """Drop what still hung on absorbed accounts once their undoing is over; say how many."""
    over = AccountJoin.objects.filter(
        undo_until__lte=now, undone_at__isnull=True, closed_at__isnull=True
    )
    ended = 0
    for join in over.select_related("absorbed")[:_AT_ONCE]:
        with transaction.atomic():
            if over.filter(pk=join.pk).update(closed_at=now) and join.absorbed is not None:
                drop_access(account=join.absorbed)
                ended += 1
    return ended
