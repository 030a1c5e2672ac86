"""The secret that a guest's browser holds: it opens their conversation, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth import user_logged_in

from clientela.platform import clock
from clientela.support.actions.open_thread import keep_thread
from clientela.support.thread_links import new_secret

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clientela.accounts.models import Account

LASTS: Final = timedelta(days=90)
_LONGEST: Final = 100


def cookie_name() -> str:
    """With the prefix that binds it to this host, where the installation is served securely."""
    return "__Host-support-chat" if settings.SECURE else "support-chat"


def secret_of(request: HttpRequest) -> str:
    """Return what this browser holds, or nothing."""
    held = request.COOKIES.get(cookie_name(), "")
    return held if held.isascii() and len(held) <= _LONGEST else ""


def give_secret(response: HttpResponse, *, secret: str = "") -> None:
    """Give the browser a secret of its own, unread by scripts; only its hash is kept, and only once something is said."""
    response.set_cookie(
        cookie_name(),
        secret or new_secret(),
        max_age=LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def connect() -> None:
    """Hear every sign-in."""
    user_logged_in.connect(_take_along, dispatch_uid="chat.take-along")


def _take_along(*, request: HttpRequest | None, user: Account, **_: Any) -> None:  # noqa: ANN401 -- Django's signal arguments
    secret = secret_of(request) if request is not None else ""
    if secret:
        keep_thread(account=user, secret=secret, now=clock.now())
