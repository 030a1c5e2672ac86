"""The mails about a log-in address that is added or changed: to the new mailbox, and to the one there was."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from clientela.accounts.actions.ask_address_change import PROOF, UNDO
from clientela.accounts.models import Account, AddressChange
from clientela.notify import account_words
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.platform import links

LAST_RESORT: Final = "UTC"


def mail_address_proof(*, change_id: UUID, now: datetime) -> None:
    """Ask the new mailbox, unless it was asked and answered meanwhile.

    If another account has proved the address, its owner is told instead that nothing was changed: whoever asked
    learns nothing of it. The link is derived again here and stored nowhere.
    """
    change = _change(change_id)
    if change is None or change.proved_at is not None or change.closes_at <= now:
        return
    owner = _owner_of(change.new_email)
    if owner is not None and owner.pk != change.account_id:
        with override(_language(owner)):
            letter = account_words.address_taken(language=_language(owner))
        _queue("address_taken", change.new_email, letter, now)
        return
    language = _language(change.account)
    token = links.rederive(purpose=PROOF, nonce=change.proof_nonce, digest=change.proof_digest)
    with override(language):
        letter = account_words.address_proof(
            language=language,
            link=settings.PUBLIC_URL + reverse("client:prove-address", args=[token]),
            becomes_login=change.makes_primary,
        )
    _queue("address_proof", change.new_email, letter, now)


def mail_address_changed(*, change_id: UUID, now: datetime) -> None:
    """Tell the mailbox that was the log-in what was done, with the link that undoes it for 72 hours."""
    change = _change(change_id)
    if change is None or change.undone_at is not None:
        return
    if change.undo_until is None or change.undo_until <= now:
        return
    language = _language(change.account)
    token = links.rederive(purpose=UNDO, nonce=change.undo_nonce, digest=change.undo_digest)
    with override(language):
        letter = account_words.address_changed(
            language=language,
            new_email=change.new_email,
            link=settings.PUBLIC_URL + reverse("client:undo-address", args=[token]),
            until=change.undo_until,
            zone=change.account.zone or LAST_RESORT,
            becomes_login=change.makes_primary,
        )
    _queue("address_changed", change.old_email, letter, now)


def mail_address_undone(*, change_id: UUID, now: datetime) -> None:
    """Tell the mailbox that took the change back how to come in again."""
    change = _change(change_id)
    if change is None or change.undone_at is None:
        return
    language = _language(change.account)
    with override(language):
        letter = account_words.address_undone(language=language)
    _queue("address_undone", change.old_email, letter, now)


def _change(change_id: UUID) -> AddressChange | None:
    return AddressChange.objects.select_related("account").filter(pk=change_id).first()


def _owner_of(email: str) -> Account | None:
    """Return whose proved address this is, if anybody's."""
    row = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return row.user if row else None


def _language(account: Account) -> str:
    return account.language or settings.LANGUAGE_CODE


def _queue(kind: str, address: str, letter: AccountLetter, now: datetime) -> None:
    queue_account_mail(kind=kind, address=address, letter=letter, now=now)
