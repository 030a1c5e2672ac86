"""The installation's pair of keys for pushes."""

from __future__ import annotations

from clientela.notify.models import PushKey
from clientela.notify.models.push_key import THE_ONE
from clientela.platform.sealed import Unreadable, unseal


def public_push_key() -> str:
    """Return what a browser is given when it says yes (base64url); blank until the worker has made the pair."""
    return PushKey.objects.filter(pk=THE_ONE).values_list("public", flat=True).first() or ""


def private_push_key() -> str:
    """Return the private half as PEM; blank where there is none, or none that can be opened."""
    sealed = PushKey.objects.filter(pk=THE_ONE).values_list("sealed", flat=True).first()
    try:
        return str(unseal(sealed)) if sealed else ""
    except Unreadable:
        return ""
