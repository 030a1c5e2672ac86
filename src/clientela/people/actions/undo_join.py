"""Two accounts that were joined are two again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.actions.absorb_account import restore_account
from clientela.accounts.errors import LinkClosed
from clientela.accounts.events import JoinUndone
from clientela.accounts.models import AccountJoin
from clientela.accounts.queries.joins import join_to_undo
from clientela.people.actions.attach_card import cards_lock
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Merge, Proof
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.platform.tenancy import business_scope, system_scope


def undo_join(*, token: str, now: datetime) -> AccountJoin:
    """Give each account its addresses and its cards back: until 72 hours after the joining, half-open.

    Either mailbox has the link. Everybody is signed out; what was booked since goes to whoever's log-in or address made
    it, and what nothing tells apart is asked at the desk. Refuses ``LinkClosed``; ``AccountGone`` and ``EmailTaken`` as
    ``restore_account`` does.
    """
    with transaction.atomic(), system_scope("a person's cards stand in many businesses"):
        found = join_to_undo(token=token, now=now)
        if found is None:
            raise LinkClosed
        accounts = [one for one in (found.account, found.absorbed) if one is not None]
        lock(
            keys=[
                *(f"account:{one.pk}" for one in sorted(accounts, key=lambda one: one.pk)),
                *sorted(cards_lock(one) for one in accounts),
            ]
        )
        join = join_to_undo(token=token, now=now)
        if join is None:
            raise LinkClosed
        by = Actor.client(join.account_id)
        restore_account(join=join, now=now)
        _part_cards(join, by=by, now=now)
        join.undone_at = now
        join.save(update_fields=["undone_at"])
        outbox.record(JoinUndone(join_id=join.pk), now=now)
        audit.note(
            action="join-undone",
            subject=join.account,
            by=by,
            now=now,
            details={"join": str(join.pk)},
        )
    return join


def _part_cards(join: AccountJoin, *, by: Actor, now: datetime) -> None:
    """Part the cards that the joining merged, the newest merge first."""
    if join.absorbed_id is None or join.joined_at is None:
        return
    merges = Merge.objects.filter(
        proof=Proof.OWNERS,
        absorbed_account_id=join.absorbed_id,
        at=join.joined_at,
        undone_at__isnull=True,
    )
    for merge in merges.order_by("-id"):
        with business_scope(merge.business_id):
            unmerge_clients(merge=merge, by=by, now=now)
