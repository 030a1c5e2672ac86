"""Two accounts that were joined are two again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from clientela.accounts.actions.absorb_account import restore_account
from clientela.accounts.actions.hold_accounts import hold_accounts
from clientela.accounts.errors import LinkClosed
from clientela.accounts.events import JoinUndone
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.queries.joins import join_to_undo, stands_for_account
from clientela.people.actions.attach_card import cards_of
from clientela.people.actions.hold_cards import hold_joinings
from clientela.people.actions.unmerge_clients import may_have, unmerge_clients
from clientela.people.models import Client, Identifier, IdentifierKind, Merge, Proof
from clientela.people.queries.living_cards import living_cards
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock
from clientela.platform.tenancy import business_scope, system_scope


def undo_join(*, token: str, now: datetime) -> AccountJoin:
    """Give each account its addresses and its cards back: until 72 hours after the joining, half-open.

    Either mailbox has the link. Everybody is signed out; what was booked since goes to whoever's log-in or address made
    it, and what nothing tells apart is asked at the desk. Where the account that asked was itself absorbed since, its
    absorber gives back; a card whose person was forgotten meanwhile stays forgotten. Refuses ``LinkClosed``;
    ``AccountGone`` and ``EmailTaken`` as ``restore_account`` does.
    """
    return _undo(partial(join_to_undo, token=token, now=now), now=now)


def part_again(*, join: AccountJoin, now: datetime) -> AccountJoin:
    """Part accounts that a restored backup joined once more, however long ago that was; refuses as ``undo_join``."""
    standing = AccountJoin.objects.filter(pk=join.pk, undone_at__isnull=True)
    return _undo(standing.select_related("account", "absorbed").first, now=now)


def _undo(found: Callable[[], AccountJoin | None], *, now: datetime) -> AccountJoin:
    with transaction.atomic(), system_scope("a person's cards stand in many businesses"):
        join, holder = _held(found)
        by = Actor.client(join.account_id)
        absorbed = restore_account(join=join, holder=holder, now=now)
        failpoint("people.undo-join.between")
        _part_cards(join, by=by, now=now)
        _return_claimed(join, holder=holder, absorbed=absorbed, by=by, now=now)
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


def _held(find: Callable[[], AccountJoin | None]) -> tuple[AccountJoin, Account]:
    """Return the joining, with all that is of it held, and the account that has the addresses today."""
    found = find()
    if found is None:
        raise LinkClosed
    holder_id = stands_for_account(found.account_id)
    ids = {found.account_id, holder_id, *([found.absorbed_id] if found.absorbed_id else [])}
    held = hold_accounts(ids=ids)
    lock(keys=[cards_of(one) for one in ids])
    join = find()
    if join is None or stands_for_account(join.account_id) != holder_id:
        raise LinkClosed  # it was undone, or the holder absorbed, this very moment
    return join, held[holder_id]


def _part_cards(join: AccountJoin, *, by: Actor, now: datetime) -> None:
    """Part the cards that the joining merged; where staff parted any meanwhile, the log-in comes back all the same."""
    if join.absorbed_id is None or join.joined_at is None:
        return
    went = Merge.objects.filter(absorbed_account_id=join.absorbed_id)
    # A person has one card in a business, so it is one merge for each; in the order in which cards are joined.
    standing = went.filter(proof=Proof.OWNERS, at=join.joined_at, undone_at__isnull=True)
    rows = list(standing.order_by("business__name", "business_id"))
    parted = list(went.filter(undone_at__gte=join.joined_at).order_by("-pk"))
    hold_joinings(business_ids={merge.business_id for merge in (*rows, *parted)})
    for merge in rows:
        with business_scope(merge.business_id):
            unmerge_clients(merge=merge, by=by, now=now)
    for merge in parted:  # when nobody could sign in to it
        with business_scope(merge.business_id):
            card = Client.objects.select_for_update(of=("self",)).get(pk=merge.absorbed_id)
            if card.account_id is None and may_have(card=card, account_id=join.absorbed_id):
                Client.objects.filter(pk=card.pk).update(account=join.absorbed_id)


def _return_claimed(
    join: AccountJoin, *, holder: Account, absorbed: Account | None, by: Actor, now: datetime
) -> None:
    """Give back cards that the holder found since, by nothing but an address that goes: they wait there again."""
    emails = Identifier.objects.filter(client=OuterRef("pk"), kind=IdentifierKind.EMAIL)
    found = living_cards().filter(
        Exists(emails.filter(value__in=join.moved_emails)),
        ~Exists(emails.exclude(value__in=join.moved_emails)),
        account=holder,
    )
    for card in found.select_for_update(of=("self",)).order_by("created_at", "id"):
        gets = absorbed is not None and may_have(card=card, account_id=absorbed.pk)
        Client.objects.filter(pk=card.pk).update(account=absorbed if gets else None)
        audit.note(
            action="card-given-back",
            subject=card,
            by=by,
            now=now,
            business_id=card.business_id,
            details={"join": str(join.pk)},
        )
