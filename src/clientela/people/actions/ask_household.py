"""Ask somebody, by their address, to say that they belong to one's household."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.accounts.errors import AccountGone, OwnAddress
from clientela.accounts.models import Account
from clientela.accounts.own import check_own
from clientela.accounts.queries.addresses import addresses_of
from clientela.accounts.typed_email import checked_email
from clientela.people.actions.answer_household import close_open
from clientela.people.errors import TooManyInvitations
from clientela.people.events import HouseholdAsked
from clientela.people.household_links import LASTS, PURPOSE
from clientela.people.models import HouseholdInvitation
from clientela.platform import audit, links, outbox
from clientela.platform.actor import Actor
from clientela.platform.locking import lock

MOST_IN_A_DAY: Final = 3


def ask_household(*, account: Account, email: str, by: Actor, now: datetime) -> HouseholdInvitation:
    """Have that mailbox asked, whoever reads it; nothing holds before they agree, within 7 days.

    What comes back is the same whether anybody is known by the address or not. A former open invitation to it is
    taken back. Refuses ``EmailInvalid``, ``OwnAddress``, ``TooManyInvitations`` (three in a day), ``AccountGone`` for
    an account that is not proved, and ``NotYours``: nobody else says who a person's family is.
    """
    check_own(account=account, by=by)
    address = checked_email(email)
    with transaction.atomic():
        lock(keys=[f"account:{account.pk}"])
        account.refresh_from_db()
        if account.expires_at is not None or not account.is_active:
            raise AccountGone
        _check_room(account, address, now=now)
        close_open(
            HouseholdInvitation.objects.filter(account=account, email=address), by=by, now=now
        )
        invitation = _write(account, address, now=now)
        outbox.record(HouseholdAsked(invitation_id=invitation.pk), now=now)
        audit.note(
            action="household-asked",
            subject=account,
            by=by,
            now=now,
            details={"invitation": str(invitation.pk)},
        )
    return invitation


def _check_room(account: Account, address: str, *, now: datetime) -> None:
    proved = {one.email for one in addresses_of(account=account) if one.is_verified}
    if address in {account.email, *proved}:
        raise OwnAddress(field="email")
    lately = HouseholdInvitation.objects.filter(
        account=account, asked_at__gt=now - timedelta(days=1)
    )
    if lately.count() >= MOST_IN_A_DAY:
        raise TooManyInvitations(field="email", limit=MOST_IN_A_DAY)


def _write(account: Account, address: str, *, now: datetime) -> HouseholdInvitation:
    nonce = links.new_nonce()
    return HouseholdInvitation.objects.create(
        account=account,
        own_email=account.email,
        email=address,
        invited_nonce=nonce,
        invited_digest=links.digest(links.derive(purpose=PURPOSE, nonce=nonce)),
        asked_at=now,
        closes_at=now + LASTS,
    )
