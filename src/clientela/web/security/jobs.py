"""Due work of the security room."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from clientela.platform import sealed
from clientela.platform.jobs import due_work

log = logging.getLogger(__name__)
# Under which name a factor keeps what is sealed.
_SEALED: Final = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@due_work("security.renew-seals", every=timedelta(hours=6))
def renew_seals(now: datetime) -> int:
    """Seal the factors' secrets with the present key, so that a former one may be forgotten."""
    rows = Authenticator.objects.filter(type__in=_SEALED).values_list("pk", flat=True)
    return sum(_renew(key) for key in list(rows))


def _renew(key: int) -> bool:
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().filter(pk=key).first()
        if row is None:
            return False
        name = _SEALED[row.type]
        try:
            text = sealed.renewed(row.data[name])
        except sealed.Unreadable:
            log.warning("factor %s was sealed with a key that is gone", key)
            return False
        if text == row.data[name]:
            return False
        row.data[name] = text
        row.save(update_fields=["data"])  # writes: allauth's own rows, which no action of ours owns
    return True


@due_work("security.forget-ended-sessions", every=timedelta(hours=1))
def forget_ended_sessions(now: datetime) -> int:
    """Delete sessions whose time is over, and what was noted of a browser with its session."""
    over = Session.objects.filter(expire_date__lte=now)
    ended, _ = over.delete()  # writes: Django's own rows, which no action of ours owns
    stray = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    noted, _ = stray.delete()  # writes: allauth's own rows, which no action of ours owns
    return int(ended + noted)
