"""Send the mails about log-ins that are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from clientela.notify.account_letter import AccountLetter, compose
from clientela.notify.channels import Result
from clientela.notify.channels.email.channel import CHANNEL
from clientela.notify.channels.email.parcel import Parcel
from clientela.notify.decisions import CHANNEL_PAUSE, retry_at
from clientela.notify.mail_budget import Spending, spend
from clientela.notify.models import AccountMail, Outcome, Reason
from clientela.platform import sealed
from clientela.platform.installation import sending_held_since
from clientela.platform.leases import Lease, finish, free, take
from clientela.platform.logs import get_logger
from clientela.platform.redaction import describe_error

logger = get_logger("clientela.notify")

BATCH = 20
LEASE = timedelta(minutes=10)
MOST_TRIES = 8
# What tells people what was done to their account or with their card: a flood must not hide these.
NOTICES = frozenset(
    {
        "fee-charged",
        "address_changed",
        "address_undone",
        "accounts_joined",
        "join_undone",
        "card_absorbed",
        "cards_parted",
        "household_formed",
        "password_changed",
        "password_reset",
        "password_set",
        "email_changed",
        "email_deleted",
        "account_connected",
        "account_disconnected",
        "recovery_codes_generated",
        "totp_activated",
        "totp_deactivated",
        "webauthn_added",
        "webauthn_removed",
    }
)
# What no stranger can cause.
UNCOUNTED = frozenset({"business-closed", "messages-unsent", "money-alarm", "text-alarm"})


def send_account_mails(*, now: datetime) -> int:
    """Send up to ``BATCH``; return how many were dealt with.

    At least once: a worker that dies after hand-over leaves the row to be sent again. When the server cannot be
    used, the others wait a minute, untried.
    """
    if sending_held_since() is not None:
        return 0
    due = AccountMail.objects.filter(send_at__lte=now).order_by("send_at", "id")
    leases = take(due, now=now, lasts=LEASE, limit=BATCH, counting="tries")
    if not leases:
        return 0
    rows = {row.pk: row for row in AccountMail.objects.filter(pk__in=[one.pk for one in leases])}
    with CHANNEL.session() as way:
        for number, lease in enumerate(leases):
            row = rows[lease.pk]
            parcel = _parcel(lease, row, now)
            if parcel is None:
                continue
            result = way.hand_over(parcel, now=now)
            _settle(lease, row, result, now)
            if result.is_unreachable:
                _let_rest(leases[number + 1 :], rows, due, now)
                break
    return len(leases)


def _parcel(lease: Lease, row: AccountMail, now: datetime) -> Parcel | None:
    """Write the mail, or settle the row of one that does not leave."""
    if not _may_leave(row, now):
        reason, detail = Reason.POLICY_GATE, "too many to this address"
        _close(lease, row, reason=reason, detail=detail, now=now)
        return None
    try:
        letter = AccountLetter.from_plain(sealed.open_kept(row.parcel_id))
        return compose(letter, address=row.address, message_id=row.message_id, now=now)
    except sealed.Unreadable:
        _close(lease, row, reason=Reason.TOO_CLOSE, detail="its words were wiped", now=now)
    except Exception as error:  # one poisoned row must not stop the others
        logger.exception("account-letter-failed", account_mail_id=str(row.pk))
        _settle(lease, row, Result(Outcome.RETRY, detail=describe_error(error)), now)
    return None


def _let_rest(
    leases: Sequence[Lease],
    rows: Mapping[UUID, AccountMail],
    due: QuerySet[AccountMail],
    now: datetime,
) -> None:
    """Let all the others wait for the pause: the server is of no use to them either, and they were not tried."""
    for lease in leases:
        finish(lease, send_at=now + CHANNEL_PAUSE, tries=rows[lease.pk].tries - 1)
    due.order_by().filter(free(now)).update(send_at=now + CHANNEL_PAUSE)


def _may_leave(row: AccountMail, now: datetime) -> bool:
    """Count the first try in the budget of the address; who asked is not told what came of it."""
    if row.tries > 1 or row.kind in UNCOUNTED:
        return True
    (may,) = spend(spendings=[Spending(row.address, is_notice=row.kind in NOTICES)], now=now)
    return may


def _settle(lease: Lease, row: AccountMail, result: Result, now: datetime) -> None:
    if result.outcome is Outcome.ACCEPTED:
        named = {"provider_id": result.provider_id[:200]}
        _close(lease, row, reason=Reason.HANDED_OVER, detail=result.detail, now=now, **named)
    elif result.outcome is Outcome.REFUSED or row.tries >= MOST_TRIES:
        reason = Reason(result.reason) if result.reason else Reason.PROVIDER_ERROR
        _close(lease, row, reason=reason, detail=result.detail, now=now)
    else:
        finish(lease, send_at=retry_at(tries=row.tries, now=now), detail=result.detail[:300])


def _close(
    lease: Lease, row: AccountMail, *, reason: Reason, detail: str, now: datetime, **named: str
) -> None:
    """Settle for good and forget the words."""
    if finish(lease, reason=reason, send_at=None, settled_at=now, detail=detail[:300], **named):
        sealed.wipe(row.parcel_id, now=now)
