"""Say that a second account is one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.errors import AccountGone, OwnAddress, TooManyJoins
from clientela.accounts.events import JoinAsked, JoinLapsed
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.own import check_own
from clientela.accounts.typed_email import checked_email
from clientela.platform import audit, links, outbox
from clientela.platform.locking import lock

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor

CONFIRMED_WITHIN: Final = timedelta(minutes=30)
MOST_IN_A_DAY: Final = 3
REFUSE: Final = "join-refuse"
UNDO: Final = "join-undo"


def ask_join(
    *, account: Account, email: str, session_digest: str, by: Actor, now: datetime
) -> AccountJoin:
    """Note the wish, and have a code sent to each of the two mailboxes; nothing changes before both are typed.

    That must happen within 30 minutes, in the session that asks. What comes back is the same whoever has the
    other address, or nobody. A former wish is closed. Refuses ``EmailInvalid``, ``OwnAddress``, ``TooManyJoins``
    (three in a day), ``AccountGone`` for an account that is not proved, and ``NotYours``.
    """
    check_own(account=account, by=by)
    address = checked_email(email)
    with transaction.atomic():
        lock(keys=[f"account:{account.pk}"])
        account.refresh_from_db()
        if account.expires_at is not None or not account.is_active:
            raise AccountGone
        _check_room(account, address, now=now)
        _close_former(account, now=now)
        join = _write(account, address, session_digest=session_digest, now=now)
        outbox.record(JoinAsked(join_id=join.pk), now=now)
        audit.note(
            action="join-asked", subject=account, by=by, now=now, details={"join": str(join.pk)}
        )
    return join


def _check_room(account: Account, address: str, *, now: datetime) -> None:
    own = EmailAddress.objects.filter(user=account, verified=True, email=address)
    if address == account.email or own.exists():
        raise OwnAddress(field="email")
    lately = AccountJoin.objects.filter(account=account, asked_at__gt=now - timedelta(days=1))
    if lately.count() >= MOST_IN_A_DAY:
        raise TooManyJoins(field="email", limit=MOST_IN_A_DAY)


def _close_former(account: Account, *, now: datetime) -> None:
    """A person has one wish at a time."""
    former = AccountJoin.objects.filter(
        account=account, joined_at__isnull=True, refused_at__isnull=True, closes_at__gt=now
    )
    for join_id in list(former.values_list("pk", flat=True)):
        outbox.record(JoinLapsed(join_id=join_id), now=now)
    former.update(closes_at=now, expired_at=now)


def _write(account: Account, address: str, *, session_digest: str, now: datetime) -> AccountJoin:
    refuse_nonce, undo_nonce = links.new_nonce(), links.new_nonce()
    return AccountJoin.objects.create(
        account=account,
        own_email=account.email,
        other_email=address,
        session_digest=session_digest,
        asked_at=now,
        closes_at=now + CONFIRMED_WITHIN,
        own_nonce=links.new_nonce(),
        other_nonce=links.new_nonce(),
        refuse_nonce=refuse_nonce,
        refuse_digest=links.digest(links.derive(purpose=REFUSE, nonce=refuse_nonce)),
        undo_nonce=undo_nonce,
        undo_digest=links.digest(links.derive(purpose=UNDO, nonce=undo_nonce)),
    )
