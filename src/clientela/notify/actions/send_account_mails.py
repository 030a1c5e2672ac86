"""Send the mails about log-ins that are due."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.notify.account_letter import AccountLetter, compose
from clientela.notify.channels import Result
from clientela.notify.channels.email.channel import CHANNEL
from clientela.notify.decisions import retry_at
from clientela.notify.mail_budget import Spending, spend
from clientela.notify.models import AccountMail, Outcome, Reason
from clientela.platform import sealed
from clientela.platform.installation import sending_held_since
from clientela.platform.leases import Lease, finish, take

BATCH = 20
LEASE = timedelta(minutes=10)
MOST_TRIES = 8
# What tells people what was done to their account or with their card: a flood must not hide these.
NOTICES = frozenset(
    {
        "fee-charged",
        "address_changed",
        "address_undone",
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
UNCOUNTED = frozenset({"business-closed", "money-alarm", "text-alarm"})


def send_account_mails(*, now: datetime) -> int:
    """Send up to ``BATCH``; return how many were dealt with.

    At least once: a worker that dies after hand-over leaves the row to be sent again.
    """
    if sending_held_since() is not None:
        return 0
    due = AccountMail.objects.filter(send_at__lte=now).order_by("send_at", "id")
    leases = take(due, now=now, lasts=LEASE, limit=BATCH, counting="tries")
    if not leases:
        return 0
    rows = {row.pk: row for row in AccountMail.objects.filter(pk__in=[one.pk for one in leases])}
    with CHANNEL.session() as way:
        for lease in leases:
            row = rows[lease.pk]
            if not _may_leave(row, now):
                _close(
                    lease,
                    row,
                    reason=Reason.POLICY_GATE,
                    detail="too many to this address",
                    now=now,
                )
                continue
            try:
                letter = AccountLetter.from_plain(sealed.open_kept(row.parcel_id))
            except sealed.Unreadable:
                _close(lease, row, reason=Reason.TOO_CLOSE, detail="its words were wiped", now=now)
                continue
            parcel = compose(letter, address=row.address, message_id=row.message_id, now=now)
            _settle(lease, row, way.hand_over(parcel, now=now), now)
    return len(leases)


def _may_leave(row: AccountMail, now: datetime) -> bool:
    """Count the first try in the budget of the address; who asked is not told what came of it."""
    if row.tries > 1 or row.kind in UNCOUNTED:
        return True
    (may,) = spend(spendings=[Spending(row.address, is_notice=row.kind in NOTICES)], now=now)
    return may


def _settle(lease: Lease, row: AccountMail, result: Result, now: datetime) -> None:
    if result.outcome is Outcome.ACCEPTED:
        _close(lease, row, reason=Reason.HANDED_OVER, detail=result.detail, now=now)
    elif result.outcome is Outcome.REFUSED or row.tries >= MOST_TRIES:
        reason = Reason(result.reason) if result.reason else Reason.PROVIDER_ERROR
        _close(lease, row, reason=reason, detail=result.detail, now=now)
    else:
        finish(lease, send_at=retry_at(tries=row.tries, now=now), detail=result.detail[:300])


def _close(lease: Lease, row: AccountMail, *, reason: Reason, detail: str, now: datetime) -> None:
    """Settle for good and forget the words."""
    if finish(lease, reason=reason, send_at=None, settled_at=now, detail=detail[:300]):
        sealed.wipe(row.parcel_id, now=now)
