"""Drafts: what is to become of due messages, decided and written by what the database says now, without any lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clientela.notify.channels import channels
from clientela.notify.decisions import Verdict
from clientela.notify.mail_budget import Spending
from clientela.notify.models import Reason
from clientela.notify.queries.due_messages import DueMessage, due_messages
from clientela.platform.leases import Lease
from clientela.platform.logs import get_logger
from clientela.platform.tenancy import business_scope

logger = get_logger("clientela.notify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to become of a due message: a parcel, a reason why not, a later time, or the error of writing it."""

    lease: Lease
    due: DueMessage
    verdict: Verdict
    parcel: object | None = None
    error: Exception | None = None
    is_readdressed: bool = False

    @property
    def spending(self) -> Spending | None:
        """What it takes of its address's mail budget; a second copy was counted with the first."""
        message = self.due.message
        is_counted = message.channel == "email" and self.due.is_stranger_made and not message.tries
        return Spending(message.address) if is_counted else None


def write_drafts(*, leases: Sequence[Lease], now: datetime) -> list[Draft]:
    """Decide on the messages of these leases, and write what is to leave; a fixed number of queries.

    Nothing is locked: whoever begins the attempts looks again whether what was read still holds.
    """
    by_id = {lease.pk: lease for lease in leases}
    due = due_messages(ids=list(by_id), now=now)
    return [_draft(by_id[one.message.pk], one, now) for one in due]


def _draft(lease: Lease, due: DueMessage, now: datetime) -> Draft:
    """Decide by the present state, and write the letter of what is to leave."""
    verdict = due.verdict(now)
    if verdict.reason is not Reason.QUEUED or verdict.wait_until is not None:
        return Draft(lease=lease, due=due, verdict=verdict)
    message = due.message
    planned = message.address
    message.address = due.reach.address  # where the reader is told now
    try:
        with business_scope(message.business_id):
            parcel = channels()[message.channel].compose(message, policy=due.policy, now=now)
    except Exception as error:  # one poisoned row must not stop the others
        logger.exception("letter-failed", message_id=str(message.pk))
        return Draft(lease=lease, due=due, verdict=verdict, error=error)
    return Draft(
        lease=lease,
        due=due,
        verdict=verdict,
        parcel=parcel,
        is_readdressed=message.address != planned,
    )
