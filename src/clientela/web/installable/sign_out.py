"""Signing out makes the device forget: the kept list of appointments, the service worker, the page cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest, HttpResponse

from clientela.notify.actions.end_push_device import forget_device_of_session

CLEAR: Final = '"cache", "storage"'
_MARK: Final = "device_forgets"


class ForgetOnSignOut:
    """Middleware: an answer to a request that ended a session tells the browser to clear what it keeps.

    Whatever ended it: the button, an erased account, a session that grew too old. Cookies stay: the
    language and the zone of the device are nobody's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add the header where somebody was signed out meanwhile."""
        response = self.get_response(request)
        if getattr(request, _MARK, False):
            response["Clear-Site-Data"] = CLEAR
        return response


def mark_sign_out(request: HttpRequest | None = None, **_: object) -> None:
    """Remember on the request that its person was signed out; Django's own signal tells us.

    The session still holds which device its browser is: notices to it end with it.
    """
    if request is not None:
        setattr(request, _MARK, True)
        forget_device_of_session(session=dict(request.session.items()))


def watch() -> None:
    """Listen for sign-outs; called once, when the app is ready."""
    user_logged_out.connect(mark_sign_out, dispatch_uid="clientela.web.installable")
