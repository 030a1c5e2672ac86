"""One person's two accounts become one, at every business at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.actions.absorb_account import absorb_account
from clientela.accounts.actions.hold_accounts import hold_accounts
from clientela.accounts.actions.release_address import release_address
from clientela.accounts.errors import JoinClosed, WorksHere
from clientela.accounts.events import AccountsJoined
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.own import check_own
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.business.models import Membership
from clientela.people.actions.attach_card import cards_of
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.hold_cards import hold_joinings
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.register_client import insert_card
from clientela.people.models import Client, Proof
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.own_cards import own_cards
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock
from clientela.platform.tenancy import business_scope, system_scope

UNDO_WITHIN: Final = timedelta(hours=72)


def join_accounts(*, join: AccountJoin, by: Actor, now: datetime) -> AccountJoin:
    """Let the account that asked absorb the one whose mailbox answered, and merge their cards; all of it or nothing.

    Both codes were typed: that is each owner's word, and nobody else's will do. Both mailboxes are told, and either can
    part them for 72 hours. Where nobody has an account with the address it is added, and cards that wait for it are
    found. An account that nobody proved gives way. Refuses ``JoinClosed`` when one of the codes is missing, the time
    is over or it was done already; ``WorksHere`` for an account with a role in a business or the installation.
    """
    asks = Account.objects.filter(pk=join.account_id).first()
    if asks is None:
        raise JoinClosed
    check_own(account=asks, by=by)
    with transaction.atomic(), system_scope("a person's cards stand in many businesses"):
        other = _hold(join, now=now)
        if other is None:
            _add_address(join)
        elif other.pk != join.account_id:
            _check_free(other)
            _join_cards(join, other=other, by=by, now=now)
            failpoint("people.join-accounts.between")
            absorb_account(join=join, absorbed=other, now=now)
        join.joined_at, join.undo_until = now, now + UNDO_WITHIN
        join.save()
        outbox.record(AccountsJoined(join_id=join.pk), now=now)
        audit.note(
            action="accounts-joined",
            subject=join.account,
            by=by,
            now=now,
            details={"join": str(join.pk), "absorbed": str(join.absorbed_id or "")},
        )
        claim_cards(account=join.account, now=now)
    return join


def _hold(join: AccountJoin, *, now: datetime) -> Account | None:
    """Hold both accounts and the wish, and return whose the other address is now, if anybody's."""
    found = account_by_email(join.other_email)
    held = hold_accounts(
        ids={join.account_id, *([found.pk] if found else [])}, address=join.other_email
    )
    lock(keys=[cards_of(one) for one in held])
    # Held: a "not me" of this moment is either before this or too late.
    wish = AccountJoin.objects.select_for_update(of=("self",)).filter(
        pk=join.pk, joined_at__isnull=True, refused_at__isnull=True, closes_at__gt=now
    )
    by_both = wish.filter(own_confirmed_at__isnull=False, other_confirmed_at__isnull=False).first()
    own = held.get(join.account_id)
    # Who was absorbed or has left meanwhile absorbs nobody.
    if own is None or not own.is_active or by_both is None:
        raise JoinClosed
    join.refresh_from_db()
    release_address(email=join.other_email, now=now)
    other = account_by_email(join.other_email)
    if (other and other.pk) != (found and found.pk):
        raise JoinClosed  # the address changed hands this very moment: what is held is not what is there
    return other


def _check_free(other: Account) -> None:
    works = Membership.objects.filter(account=other, ended_at__isnull=True).exists()
    if works or other.is_operator or other.is_support:
        raise WorksHere


def _add_address(join: AccountJoin) -> None:
    EmailAddress.objects.update_or_create(
        user=join.account, email=join.other_email, defaults={"verified": True}
    )
    join.moved_emails = [join.other_email]


def _join_cards(join: AccountJoin, *, other: Account, by: Actor, now: datetime) -> None:
    """Merge card by card. Where the one who asked has none, they get one, so that parting is the same everywhere."""
    cards = own_cards(account_id=other.pk)
    hold_joinings(business_ids=[card.business_id for card in cards])
    for card in cards:
        with business_scope(card.business_id):
            own = living_cards().filter(account=join.account, business=card.business_id).first()
            into = own or _card_like(card, account=join.account, by=by, now=now)
            merge_clients(card=card, into=into, proof=Proof.OWNERS, by=by, now=now)


def _card_like(card: Client, *, account: Account, by: Actor, now: datetime) -> Client:
    """Make the person's card as this business knows them: what they agreed to and are bound to comes along."""
    return insert_card(
        business=card.business,
        contacts=[],
        by=by,
        now=now,
        record_name=card.record_name,
        account=account,
        language=card.language,
        zone=card.zone,
        birthday=card.birthday,
        activated_at=card.activated_at,
        notify_by=card.notify_by,
        wants_follow_up=card.wants_follow_up,
        quiet_from_minute=card.quiet_from_minute,
        quiet_until_minute=card.quiet_until_minute,
        bound_to=card.bound_to,
    )
