"""Is it still you? Asked by every page on which an account's safety, or an account, is at stake.

allauth asks for the password, an app's code or a passkey; who has none of these proves their mailbox, as at log-in
(``security/fresh.py`` is that page).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    suspend_request,
)
from django.urls import reverse

from clientela.platform import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from clientela.policy.door_request import DoorRequest


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run the view for who has proved themselves in the last minutes; others prove themselves first and come back."""

    @wraps(view)
    def asked(request: DoorRequest, *args: object, **kwargs: object) -> HttpResponse:
        ways = get_adapter().get_reauthentication_methods(request.user)
        # allauth asks nothing of somebody who has no factor: for it, that is proof enough.
        stale = is_reauthentication_required(request, app="allauth.mfa") if ways else True
        if stale and (ways or not _lately(request)):
            url = ways[0]["url"] if ways else reverse("security_again")
            answer: HttpResponse = suspend_request(request, url)
            return answer
        return view(request, *args, **kwargs)

    return asked


def _lately(request: DoorRequest) -> bool:
    oldest = clock.now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(
        known["at"] > oldest for known in get_authentication_records(request, request.user)
    )
