"""The simulator's pages exist only where mail is simulated: everywhere else they are not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def simulator_only(view: _View[_P]) -> _View[_P]:
    """Answer 404 unless mails go to the simulator and this is a demo or a test.

    Two conditions, because the pages show everybody's mail: a production installation that
    names the simulator by mistake still shows nothing.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        if settings.MAIL_CHANNEL != "simulator" or not (settings.DEMO or settings.TESTING):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
