"""Which browsers are in: noted at each log-in, with no more about a browser than its owner is shown."""

from __future__ import annotations

from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.auth import user_logged_in
from django.db.models.signals import pre_save

from clientela.platform import clock
from clientela.web.browser_words import key_of

# The column wants an address; this one is nobody's.
NOWHERE: Final = "::"


def watch() -> None:
    """Note every log-in, also those that allauth does not see; strip what is noted before it is written."""
    user_logged_in.connect(_note, dispatch_uid="security.note-session")
    pre_save.connect(_strip, sender=UserSession, dispatch_uid="security.strip-session")


def _note(request: Any, user: Any, **_: Any) -> None:  # noqa: ANN401 -- Django's signal arguments
    if request is None:
        return
    if not request.session.session_key:
        request.session.save()  # writes: Django's own rows, which no action of ours owns
    now = clock.now()
    UserSession.objects.update_or_create(  # writes: allauth's own rows, which no action of ours owns
        session_key=request.session.session_key,
        defaults={"user": user, "user_agent": request.META.get("HTTP_USER_AGENT", "")},
        create_defaults={
            "user": user,
            "user_agent": request.META.get("HTTP_USER_AGENT", ""),
            "created_at": now,
            "last_seen_at": now,
        },
    )


def _strip(instance: UserSession, **_: Any) -> None:  # noqa: ANN401 -- likewise
    instance.ip = NOWHERE
    instance.user_agent = key_of(instance.user_agent)
