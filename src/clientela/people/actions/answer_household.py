"""What becomes of an invitation to a household: accepted, refused, taken back, or run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from clientela.accounts.actions.hold_accounts import hold_accounts
from clientela.accounts.errors import AccountGone, LinkClosed, OwnAddress
from clientela.accounts.models import Account
from clientela.accounts.own import check_own
from clientela.accounts.queries.addresses import verified_emails
from clientela.people.actions.attach_card import cards_of
from clientela.people.actions.form_household import form_household
from clientela.people.actions.hold_cards import hold_joinings
from clientela.people.errors import HouseholdForAnother, InAnotherHousehold, NothingShared
from clientela.people.events import HouseholdAnswered
from clientela.people.household_links import invitation_of, is_open
from clientela.people.models import Client, Household, HouseholdInvitation
from clientela.people.queries.households import Permissions
from clientela.people.queries.own_cards import own_cards
from clientela.platform import audit, outbox
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock
from clientela.platform.tenancy import system_scope

KEPT_FOR: Final = timedelta(days=30)
_AT_ONCE: Final = 100
_SYSTEM: Final = Actor.system("people.households")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of a yes: the households that stand now, and whether somewhere another adult must still agree."""

    invitation: HouseholdInvitation
    formed: tuple[Household, ...]
    waits: bool


def accept_household(
    *, account: Account, token: str, gives: Permissions, by: Actor, now: datetime
) -> Accepted:
    """Let the person belong to the household of who asked, at every business where both have a card; all or nothing.

    ``gives`` is what they let the others do from now on; who asked gives nothing yet, and says so themselves later.
    Where other adults belong to that household, each of them must have asked too, within the last seven days.
    Refuses ``LinkClosed``; ``HouseholdForAnother`` unless the account has proved the address that was asked;
    ``OwnAddress`` when the two accounts are one by now, ``NothingShared``, ``InAnotherHousehold`` where the person
    belongs to other adults everywhere, ``AccountGone`` and ``NotYours``. Whatever is refused leaves the link open.
    """
    check_own(account=account, by=by)
    with transaction.atomic(), system_scope("a household stands at every business that two share"):
        invitation = _held(account, token=token, now=now)
        _check_person(account, invitation)
        invitation.accepted_at, invitation.accepted_by = now, account
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        formed, waits = _form(invitation, account, gives=gives, by=by, now=now)
        failpoint("people.accept-household.between")
        _ended(invitation, "household-accepted", by=by, now=now)
    return Accepted(invitation, tuple(formed), waits)


def refuse_household(*, token: str, now: datetime) -> HouseholdInvitation:
    """End the invitation for good, on the word of whoever reads the mailbox; who asked is not written to.

    Refuses ``LinkClosed``.
    """
    with transaction.atomic():
        invitation = invitation_of(token=token, now=now)
        if invitation is None or not _take(invitation, "refused_at", now=now):
            raise LinkClosed
        _ended(invitation, "household-refused", by=_SYSTEM, now=now)
    return invitation


def withdraw_household(*, invitation: HouseholdInvitation, by: Actor, now: datetime) -> None:
    """Take one's own invitation back. Refuses ``NotYours``, and ``LinkClosed`` when it was answered meanwhile."""
    check_own(account=invitation.account, by=by)
    mine = HouseholdInvitation.objects.filter(pk=invitation.pk)
    with transaction.atomic():
        if not close_open(mine, by=by, now=now):
            raise LinkClosed


def close_open(asked: QuerySet[HouseholdInvitation], *, by: Actor, now: datetime) -> int:
    """Take back those of the invitations that wait for an answer; the caller's transaction. Returns how many."""
    closed = 0
    for one in asked.filter(is_open(now=now)):
        if _take(one, "withdrawn_at", now=now):
            closed += 1
            _ended(one, "household-withdrawn", by=by, now=now)
    return closed


def expire_households(*, now: datetime) -> int:
    """End what nobody answered in time, and have both mailboxes told; say how many. Late is not too late for that."""
    over = HouseholdInvitation.objects.filter(
        accepted_at__isnull=True,
        refused_at__isnull=True,
        withdrawn_at__isnull=True,
        expired_at__isnull=True,
        closes_at__lte=now,
    )
    ended = 0
    for one in over.order_by("closes_at")[:_AT_ONCE]:
        with transaction.atomic():
            if over.filter(pk=one.pk).update(expired_at=now):
                ended += 1
                _ended(one, "household-expired", by=_SYSTEM, now=now)
    return ended


def tidy_households(*, now: datetime) -> int:
    """Forget, after 30 days, the addresses of invitations that came to nothing; say how many."""
    nothing = HouseholdInvitation.objects.filter(
        accepted_at__isnull=True, closes_at__lt=now - KEPT_FOR
    )
    deleted, _ = nothing.delete()
    return deleted


def _held(account: Account, *, token: str, now: datetime) -> HouseholdInvitation:
    """Hold both accounts and their cards, in the one order of whoever joins them; then read the invitation."""
    found = invitation_of(token=token, now=now)
    if found is None:
        raise LinkClosed
    accounts = hold_accounts(ids={account.pk, found.account_id})
    lock(keys=[cards_of(one) for one in accounts])
    held = HouseholdInvitation.objects.select_for_update(of=("self",)).filter(
        is_open(now=now), pk=found.pk
    )
    invitation = held.select_related("account").first()
    if invitation is None:
        raise LinkClosed
    return invitation


def _check_person(account: Account, invitation: HouseholdInvitation) -> None:
    account.refresh_from_db()
    if account.expires_at is not None or not account.is_active:
        raise AccountGone
    if account.pk == invitation.account_id:
        raise OwnAddress
    if invitation.email not in verified_emails(account=account):
        raise HouseholdForAnother


def _form(
    invitation: HouseholdInvitation,
    account: Account,
    *,
    gives: Permissions,
    by: Actor,
    now: datetime,
) -> tuple[list[Household], bool]:
    """Form the household business by business; all of them are held before the first changes."""
    shared = _shared(invitation.account_id, account)
    if not shared:
        raise NothingShared
    hold_joinings(business_ids=[card.business_id for _, card in shared])
    formed: list[Household] = []
    waits = stands = False
    for asker, joiner in shared:
        done = form_household(asker=asker, joiner=joiner, gives=gives, by=by, now=now)
        waits = waits or done.waits
        stands = stands or done.stood
        if done.household is not None:
            formed.append(done.household)
    if not formed and not waits and not stands:
        raise InAnotherHousehold
    return formed, waits


def _shared(asker_id: UUID, account: Account) -> list[tuple[Client, Client]]:
    """Return the two's cards at each business where both have one."""
    theirs = {
        card.business_id: card
        for card in Client.objects.filter(account_id=asker_id, merged_into=None, erased_at=None)
    }
    mine = own_cards(account_id=account.pk)
    return [(theirs[card.business_id], card) for card in mine if card.business_id in theirs]


def _take(invitation: HouseholdInvitation, column: str, *, now: datetime) -> bool:
    still = HouseholdInvitation.objects.filter(is_open(now=now), pk=invitation.pk)
    return bool(still.update(**{column: now}))


def _ended(invitation: HouseholdInvitation, action: str, *, by: Actor, now: datetime) -> None:
    outbox.record(HouseholdAnswered(invitation_id=invitation.pk), now=now)
    audit.note(
        action=action,
        subject=invitation.account,
        by=by,
        now=now,
        details={"invitation": str(invitation.pk)},
    )
