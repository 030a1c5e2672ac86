"""Say at the other mailbox: that was not me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.accounts.errors import LinkClosed
from clientela.accounts.events import JoinRefused
from clientela.accounts.models import AccountJoin
from clientela.accounts.queries.joins import join_to_refuse
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor

if TYPE_CHECKING:
    from datetime import datetime


def refuse_join(*, token: str, now: datetime) -> AccountJoin:
    """End the wish for good; whoever asked reads only that it is over. Refuses ``LinkClosed``."""
    with transaction.atomic():
        join = join_to_refuse(token=token, now=now)
        if join is None:
            raise LinkClosed
        ended = AccountJoin.objects.filter(pk=join.pk, joined_at=None, refused_at=None)
        if not ended.update(refused_at=now):
            raise LinkClosed
        join.refresh_from_db()
        outbox.record(JoinRefused(join_id=join.pk), now=now)
        audit.note(
            action="join-refused",
            subject=join.account,
            by=Actor.system("accounts"),
            now=now,
            details={"join": str(join.pk)},
        )
    return join
