"""The mails to a person whose card a business joined with another, and when they are parted again."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.notify import absorb_words
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.people.models import Client, Merge
from clientela.people.queries.contacts import notification_email
from clientela.people.queries.merge_by_refusal import refusal_token
from clientela.people.queries.resolve import resolve

_LAST_RESORT: Final = "UTC"


def mail_absorbed(*, merge_id: UUID, now: datetime) -> None:
    """Tell the log-in that left its card, with the link that says "not me"; nobody where none left, or it is over.

    In the business's scope.
    """
    merge = Merge.objects.filter(pk=merge_id).select_related("business").first()
    until = merge.refusable_until if merge else None
    if merge is None or until is None or until <= now or not merge.refuse_digest:
        return
    account = _account(merge.absorbed_account_id)
    if account is None:
        return
    language = account.language or merge.business.language
    with override(language):
        letter = absorb_words.absorbed(
            language=language,
            business=merge.business.name,
            link=settings.PUBLIC_URL + reverse("client:not-me", args=[refusal_token(merge)]),
            until=until,
            zone=account.zone or _LAST_RESORT,
        )
    queue_account_mail(kind="card_absorbed", address=account.email, letter=letter, now=now)


def mail_parted(*, merge_id: UUID, now: datetime) -> None:
    """Tell both that their cards are two again, where a log-in had been told that they were one.

    What both owners joined is told by the joining of their accounts. In the business's scope.
    """
    merge = Merge.objects.filter(pk=merge_id).select_related("business").first()
    if merge is None or merge.refusable_until is None or merge.undone_at is None:
        return
    account = _account(merge.absorbed_account_id)
    if account is not None:
        language = account.language or merge.business.language
        _tell(account.email, business=merge.business, language=language, now=now)
    stands = resolve(merge.survivor_id)
    other = Client.objects.select_related("account", "business").filter(pk=stands).first()
    if other is None or other.erased_at is not None:
        return
    contact = notification_email(other)
    address = other.account.email if other.account else contact.value if contact else ""
    if address and (account is None or address != account.email):
        language = other.language or merge.business.language
        _tell(address, business=merge.business, language=language, now=now)


def _account(account_id: UUID | None) -> Account | None:
    return Account.objects.filter(pk=account_id).first() if account_id else None


def _tell(address: str, *, business: Business, language: str, now: datetime) -> None:
    with override(language):
        letter = absorb_words.parted(language=language, business=business.name)
    queue_account_mail(kind="cards_parted", address=address, letter=letter, now=now)
