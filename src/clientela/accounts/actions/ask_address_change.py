"""Wish for another log-in address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.errors import AddressStands, TooManyAddresses
from clientela.accounts.events import AddressAsked
from clientela.accounts.models import Account, AddressChange
from clientela.accounts.own import check_own
from clientela.accounts.typed_email import checked_email
from clientela.platform import audit, links, outbox
from clientela.platform.locking import lock

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor

PROOF: Final = "address-proof"
UNDO: Final = "address-undo"
PROVED_WITHIN: Final = timedelta(hours=24)
MOST_ADDRESSES: Final = 10
MOST_IN_A_DAY: Final = 10


def ask_address_change(
    *, account: Account, email: str, makes_primary: bool, by: Actor, now: datetime
) -> AddressChange:
    """Note the wish to add an address, and have its mailbox asked; nothing changes before the proof (24 hours).

    What comes back is the same whether or not another account has the address: only the mail to that mailbox
    says so. A former wish for the same address is closed. Refuses ``EmailInvalid``, ``AddressStands`` for
    one that is proved here already, ``TooManyAddresses`` (ten addresses; ten wishes in a day) and ``NotYours``.
    """
    check_own(account=account, by=by)
    address = checked_email(email)
    with transaction.atomic():
        lock(keys=[f"account:{account.pk}"])
        account.refresh_from_db(fields=["email"])
        _check_room(account, address, now=now)
        AddressChange.objects.filter(
            account=account, new_email=address, proved_at__isnull=True, closes_at__gt=now
        ).update(closes_at=now)
        change = _write(account, address, makes_primary=makes_primary, now=now)
        outbox.record(AddressAsked(change_id=change.pk), now=now)
        audit.note(
            action="address-asked",
            subject=account,
            by=by,
            now=now,
            details={"change": str(change.pk), "becomes_login": makes_primary},
        )
    return change


def _check_room(account: Account, address: str, *, now: datetime) -> None:
    own = EmailAddress.objects.filter(user=account, verified=True)
    if own.filter(email=address).exists():
        raise AddressStands(field="email")
    if own.count() >= MOST_ADDRESSES:
        raise TooManyAddresses(field="email", limit=MOST_ADDRESSES)
    lately = AddressChange.objects.filter(account=account, asked_at__gt=now - timedelta(days=1))
    if lately.count() >= MOST_IN_A_DAY:
        raise TooManyAddresses(field="email", limit=MOST_IN_A_DAY)


def _write(account: Account, address: str, *, makes_primary: bool, now: datetime) -> AddressChange:
    proof_nonce, undo_nonce = links.new_nonce(), links.new_nonce()
    return AddressChange.objects.create(
        account=account,
        old_email=account.email,
        new_email=address,
        makes_primary=makes_primary,
        asked_at=now,
        closes_at=now + PROVED_WITHIN,
        proof_nonce=proof_nonce,
        proof_digest=links.digest(links.derive(purpose=PROOF, nonce=proof_nonce)),
        undo_nonce=undo_nonce,
        undo_digest=links.digest(links.derive(purpose=UNDO, nonce=undo_nonce)),
    )
