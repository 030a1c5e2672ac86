"""A browser in which a person signed in before: it keeps a count of guesses of its own.

So an attacker who uses up the guesses at an address does not shut its owner out. The cookie opens nothing; it is signed,
bound to the address, and given only after a complete sign-in.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core import signing

from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_SALT: Final = "known-browser"
_LASTS: Final = timedelta(days=180)


def cookie_name() -> str:
    """With the prefix that binds it to this host, where the installation is served securely."""
    return "__Host-known-browser" if settings.SECURE else "known-browser"


def remember_browser(response: HttpResponse, *, address: str) -> None:
    """Give the browser its mark, after a complete sign-in with this address's account."""
    value = signing.dumps({"of": _digest(address), "key": secrets.token_urlsafe(9)}, salt=_SALT)
    response.set_cookie(
        cookie_name(),
        value,
        max_age=_LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_browser(request: HttpRequest, *, address: str) -> str:
    """The browser's own key, if somebody signed in to this address's account with it; else nothing."""
    try:
        mark: Any = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=_LASTS
        )
    except signing.BadSignature:
        return ""
    return str(mark["key"]) if mark["of"] == _digest(address) else ""


def _digest(address: str) -> str:
    return hashlib.sha256(normalise_email(address).encode()).hexdigest()[:24]
