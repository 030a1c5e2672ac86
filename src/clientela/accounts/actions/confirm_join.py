"""Type a code that one of the two mailboxes got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F

from clientela.accounts.errors import CodeWrong, JoinClosed
from clientela.accounts.join_codes import OTHER, OWN, is_join_code
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.own import check_own
from clientela.accounts.queries.joins import open_joins
from clientela.platform import audit
from clientela.platform.throttle import allow

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor

TRIES_A_DAY: Final = 20
_DAY: Final = 24 * 3600


def confirm_join(
    *, account: Account, join: AccountJoin, session_digest: str, code: str, by: Actor, now: datetime
) -> AccountJoin:
    """Take the code of either mailbox; the wish comes back with what is confirmed. It joins nothing yet.

    Each try counts before it is looked at, ten to a wish and twenty to a person and day, however many come at once.
    Refuses ``JoinClosed`` for whatever is not this session's open wish, ``CodeWrong``, and ``NotYours``.
    """
    check_own(account=account, by=by)
    mine = AccountJoin.objects.filter(
        open_joins(now=now), pk=join.pk, account=account, session_digest=session_digest
    )
    if not allow(key=f"join:{account.pk}", limit=TRIES_A_DAY, per_seconds=_DAY, now=now):
        raise JoinClosed
    if not mine.update(tries=F("tries") + 1):
        raise JoinClosed
    join.refresh_from_db()
    field = _answered(join, code)
    if not field:
        audit.note(action="join-code-wrong", subject=account, by=by, now=now)
        raise CodeWrong(field="code")
    with transaction.atomic():
        still = AccountJoin.objects.filter(pk=join.pk, joined_at=None, refused_at=None)
        still.filter(closes_at__gt=now).update(**{field: now})
        join.refresh_from_db()
        if getattr(join, field) is None:
            raise JoinClosed
        audit.note(action="join-confirmed", subject=account, by=by, now=now, reason=field)
    return join


def _answered(join: AccountJoin, code: str) -> str:
    """Return which mailbox's code it is, as the column that says so; both are always compared."""
    is_own = is_join_code(typed=code, purpose=OWN, nonce=join.own_nonce)
    is_other = is_join_code(typed=code, purpose=OTHER, nonce=join.other_nonce)
    if is_own:
        return "own_confirmed_at"
    return "other_confirmed_at" if is_other else ""
