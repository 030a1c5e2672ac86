"""The word by which a device tells one signed-in person from another: opaque, and the same at each visit."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_SALT = "clientela.web.installable.person"


def person_word(request: HttpRequest) -> str:
    """The word of who is signed in; blank for nobody. It says nothing about the account."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac(_SALT, str(user.pk), algorithm="sha256").hexdigest()[:24]
