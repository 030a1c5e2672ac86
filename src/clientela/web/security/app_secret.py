"""What a person must see once: an app's secret until its first code, recovery codes after they were made.

Both wait in the session, sealed: a copy of the database tells nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret

from clientela.platform import clock, sealed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clientela.accounts.models import Account

_SECRET: Final = "security.app-secret"  # noqa: S105 -- a key of the session
_CODES: Final = "security.recovery-codes"
SHOWN_FOR: Final = timedelta(minutes=10)


def pending_secret(request: HttpRequest) -> str:
    """The secret that the person's app is about to learn; a new one where none waits, or it waited too long."""
    known = _opened(request, _SECRET)
    if known:
        return str(known)
    secret = str(generate_totp_secret())
    _keep(request, _SECRET, secret)
    return secret


def forget_secret(request: HttpRequest) -> None:
    """The app knows it, and we keep it sealed elsewhere."""
    request.session.pop(_SECRET, None)


def show_codes(request: HttpRequest, account: Account) -> None:
    """Let the person read the recovery codes just made, in this browser, for ten minutes."""
    made = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES)
    _keep(request, _CODES, made.wrap().get_unused_codes())


def shown_codes(request: HttpRequest) -> list[str]:
    """The recovery codes this browser may still read; afterwards nobody can read them again."""
    return list(_opened(request, _CODES) or [])


def _keep(request: HttpRequest, key: str, content: object) -> None:
    until = (clock.now() + SHOWN_FOR).isoformat()
    request.session[key] = sealed.seal(
        {"until": until, "of": str(request.user.pk), "content": content}
    )


def _opened(request: HttpRequest, key: str) -> Any:  # noqa: ANN401 -- what was kept
    kept = request.session.get(key)
    if not kept:
        return None
    try:
        parcel = sealed.unseal(kept)
    except sealed.Unreadable:
        return None
    is_over = datetime.fromisoformat(parcel["until"]) <= clock.now()
    return None if is_over or parcel["of"] != str(request.user.pk) else parcel["content"]
