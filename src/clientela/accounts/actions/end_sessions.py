"""Sign a person out of their browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from clientela.accounts.session_endings import sign_out_hearers

if TYPE_CHECKING:
    from clientela.accounts.models import Account


def end_sessions(*, account: Account, keep: str = "") -> int:
    """End every session of the account, but for the one with the key ``keep``; say how many ended.

    A browser that holds an ended session is a stranger from its next request on; what other apps keep of it ends with
    it (``session_endings.py``).
    """
    known = UserSession.objects.filter(user_id=account.pk).exclude(session_key=keep)
    with transaction.atomic():
        for hear in sign_out_hearers():
            hear(account=account, keep=keep)
        keys = list(known.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        known.delete()
    return len(keys)
