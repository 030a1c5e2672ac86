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

    In the caller's transaction, which holds both accounts. Its sessions end, its wishes for addresses and for joining
    are closed, and what it had entered and not proved is dropped. Password and factors stay on it, useless, until the undoing is over
    (``close_joined``). Refuses ``AccountGone`` when it was absorbed already.
    """
    if not absorbed.is_active:
        raise AccountGone
    own = EmailAddress.objects.filter(user=absorbed)
    AccountJoin.objects.filter(account=absorbed, joined_at__isnull=True, closes_at__gt=now).update(
        closes_at=now
    )
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


def restore_account(*, join: AccountJoin, holder: Account, now: datetime) -> Account | None:
    """Give the addresses back, in the caller's transaction, and return their account; everybody is signed out.

    ``holder`` has them today: the account that asked, or whoever absorbed that one since. Where only an address was
    added, it goes and there is no account. Refuses ``AccountGone`` when the absorbed account was erased meanwhile, and
    ``EmailTaken`` when somebody else has proved its log-in address since, or the holder would be left without one.
    """
    absorbed = join.absorbed
    if absorbed is None and join.absorbed_email:
        raise AccountGone
    proved = EmailAddress.objects.filter(email=join.absorbed_email, verified=True)
    if proved.exclude(user=holder).exists():
        raise EmailTaken
    last = _forget_on_the_way(join)
    _keep_log_in(holder, join=join, own_email=last.own_email)
    moved = EmailAddress.objects.filter(user=holder, email__in=join.moved_emails)
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
    AddressChange.objects.filter(account=holder, proved_at__isnull=True, closes_at__gt=now).update(
        closes_at=now
    )
    end_sessions(account=holder)
    return absorbed


def _forget_on_the_way(join: AccountJoin) -> AccountJoin:
    """Let the joinings that carried these addresses on carry them no more, and return the last of them.

    Undone later, they would take them along: by then the addresses may have come back another way, and would go to
    somebody whose they never were. Who signed in with one of them when they were absorbed gets their own former one.
    """
    standing = AccountJoin.objects.filter(joined_at__isnull=False, undone_at__isnull=True)
    last = join
    while above := standing.filter(absorbed=last.account_id).first():
        left = [email for email in above.moved_emails if email not in join.moved_emails]
        if left != above.moved_emails:
            above.moved_emails = left
            if above.absorbed_email not in left:
                above.absorbed_email = _one_of(left, own_email=last.own_email)
            above.save(update_fields=["moved_emails", "absorbed_email"])
        last = above
    return last


def _keep_log_in(holder: Account, *, join: AccountJoin, own_email: str) -> None:
    """Let the holder sign in with an address of their own if they have since chosen one that goes back."""
    if holder.email not in join.moved_emails:
        return
    own = EmailAddress.objects.filter(user=holder, verified=True)
    staying = own.exclude(email__in=join.moved_emails).order_by("email")
    put_primary(
        account=holder,
        email=_one_of([*staying.values_list("email", flat=True)], own_email=own_email),
    )


def _one_of(emails: list[str], *, own_email: str) -> str:
    """Return the address with which they signed in before, if they still have it, else another of theirs."""
    if not emails:
        raise EmailTaken
    return own_email if own_email in emails else emails[0]


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
