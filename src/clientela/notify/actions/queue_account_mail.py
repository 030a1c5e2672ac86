"""Put a mail about a log-in in the queue."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from clientela.notify.models import AccountMail
from clientela.platform import sealed
from clientela.platform.ids import uuid7

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.notify.account_letter import AccountLetter

WORDS_ARE_KEPT = timedelta(hours=24)


def queue_account_mail(
    *, kind: str, address: str, letter: AccountLetter, now: datetime
) -> AccountMail:
    """Queue one mail with the caller's transaction; its words wait sealed for at most a day."""
    _, own_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    key = uuid7()
    with transaction.atomic():
        parcel = sealed.keep(
            purpose="account-mail", content=letter.as_plain(), now=now, lasts=WORDS_ARE_KEPT
        )
        return AccountMail.objects.create(
            id=key,
            kind=kind,
            address=address,
            parcel_id=parcel,
            message_id=f"<{key}@{own_address.rpartition('@')[2]}>",
            send_at=now,
            created_at=now,
        )
