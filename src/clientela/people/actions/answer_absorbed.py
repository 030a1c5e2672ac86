"""The mailbox of a log-in that left its card says whether that was right."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.people.actions.show_absorbed import show_absorbed
from clientela.people.actions.unmerge_clients import Parted, unmerge_clients
from clientela.people.errors import CannotPart, NotAsked
from clientela.people.models import Client, Merge
from clientela.people.queries.merge_by_refusal import merge_by_refusal
from clientela.people.queries.resolve import resolve
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope


def refuse_absorbed(*, token: str, now: datetime) -> Parted:
    """Part the cards again, for whoever reads the mailbox says that it was not them: nobody's consent is needed.

    Refuses ``CannotPart`` (``link-over``) once the link is used or too old.
    """
    merge = _of(token, now=now)
    return unmerge_clients(merge=merge, because="not-me", by=_holder(merge), now=now)


def own_absorbed(*, token: str, account_id: UUID | None, now: datetime) -> bool:
    """Show what came along to the signed-in survivor who opened the link: they read both mailboxes.

    Refuses ``NotAsked`` for anybody but the log-in of the card that stands, and as ``refuse_absorbed`` does.
    """
    merge = _of(token, now=now)
    if account_id is None or account_id != stands_for(merge):
        raise NotAsked
    return show_absorbed(merge=merge, because="mailbox", by=Actor.client(account_id), now=now)


def stands_for(merge: Merge) -> UUID | None:
    """Return the log-in of the card that stands for both today, if it has one."""
    with business_scope(merge.business_id):
        card = Client.objects.filter(pk=resolve(merge.survivor_id))
        return card.values_list("account_id", flat=True).first()


def _of(token: str, *, now: datetime) -> Merge:
    merge = merge_by_refusal(token=token, now=now)
    if merge is None:
        raise CannotPart("link-over")
    return merge


def _holder(merge: Merge) -> Actor:
    """Whoever holds the link reads the mailbox of that account."""
    return Actor.client(merge.absorbed_account_id) if merge.absorbed_account_id else Actor.guest()
