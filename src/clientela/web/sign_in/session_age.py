"""Sessions end: after two weeks without a visit, and after thirty days in any case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.contrib.auth import logout

from clientela.platform import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

IDLE: Final = timedelta(days=14)
ABSOLUTE: Final = timedelta(days=30)
_NOTED_EVERY: Final = timedelta(hours=6)
_BEGAN: Final = "began"
_SEEN: Final = "seen"


class SessionAge:
    """Middleware: who stayed too long, or away too long, is a guest again. Quiet visits write nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session only where there is one: a guest's page stays without."""
        if "_auth_user_id" in request.session:
            _look(request)
        return self.get_response(request)


def begin(request: HttpRequest) -> None:
    """A sign-in begins the count. Without it a session ends two weeks after it was last written, which is sooner."""
    _note(request, began=clock.now().timestamp())


def _look(request: HttpRequest) -> None:
    now = clock.now().timestamp()
    began = request.session.get(_BEGAN)
    if began is None:
        return
    seen = request.session.get(_SEEN, began)
    if now - began >= ABSOLUTE.total_seconds() or now - seen >= IDLE.total_seconds():
        logout(request)
    elif now - seen >= _NOTED_EVERY.total_seconds():
        _note(request, began=began)


def _note(request: HttpRequest, *, began: float) -> None:
    request.session[_BEGAN] = began
    request.session[_SEEN] = clock.now().timestamp()
