"""Due work of the security room."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from clientela.platform.jobs import due_work


@due_work("security.forget-ended-sessions", every=timedelta(hours=1))
def forget_ended_sessions(now: datetime) -> int:
    """Delete sessions whose time is over, and what was noted of a browser with its session."""
    ended, _ = Session.objects.filter(expire_date__lte=now).delete()
    living = Session.objects.values("session_key")
    noted, _ = UserSession.objects.exclude(session_key__in=living).delete()
    return int(ended + noted)
