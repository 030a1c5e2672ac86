"""Is it still you? Asked by every page on which an account's safety, or an account, is at stake.

allauth asks for the password, an app's code or a passkey; who has none of these proves their mailbox, as at log-in
(``security/fresh.py`` is that page).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    suspend_request,
)
from django.shortcuts import redirect
from django.urls import reverse

from clientela.platform import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from clientela.policy.door_request import DoorRequest


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run the view for who has proved themselves in the last minutes; others prove themselves first and come back.

    What they posted is posted again then by allauth, past our gate: only for views that need nothing of it.
    """

    @wraps(view)
    def asked(request: DoorRequest, *args: object, **kwargs: object) -> HttpResponse:
        where = asking_page(request)
        if where:
            answer: HttpResponse = suspend_request(request, where)
            return answer
        return view(request, *args, **kwargs)

    return asked


def fresh_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Do the same for a page with its form: they come back to the page, and nothing is posted for them."""

    @wraps(view)
    def asked(request: DoorRequest, *args: object, **kwargs: object) -> HttpResponse:
        where = asking_page(request)
        if where:
            return redirect(f"{where}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return asked


def asking_page(request: DoorRequest) -> str:
    """Return the address of the page that asks, or "" for who has proved themselves lately."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    # allauth asks nothing of somebody who has no factor: for it, that is proof enough.
    stale = is_reauthentication_required(request, app="allauth.mfa") if ways else True
    if not stale or (not ways and _lately(request)):
        return ""
    return str(ways[0]["url"]) if ways else reverse("security_again")


def _lately(request: DoorRequest) -> bool:
    oldest = clock.now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(known["at"] > oldest for known in get_authentication_records(request, request.user))
