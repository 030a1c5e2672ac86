"""The mail that says an account will end unless its address is proved."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from clientela.accounts.models import Account
from clientela.accounts.queries.proof_link import proof_link
from clientela.notify import account_words
from clientela.notify.actions.queue_account_mail import queue_account_mail


def mail_proof_reminder(*, account_id: UUID, days_left: int, now: datetime) -> None:
    """Queue the reminder, unless the account was proved or is gone meanwhile. Its button proves the address."""
    account = Account.objects.filter(pk=account_id, expires_at__gt=now).first()
    if account is None or account.expires_at is None:
        return
    path = proof_link(account=account)
    if not path:
        return
    language = account.language or settings.LANGUAGE_CODE
    with override(language):
        letter = account_words.proof_reminder(
            language=language,
            link=settings.PUBLIC_URL + path,
            days=days_left,
            ends_at=account.expires_at,
            zone=account.zone or "UTC",
        )
    queue_account_mail(kind="proof_reminder", address=account.email, letter=letter, now=now)
