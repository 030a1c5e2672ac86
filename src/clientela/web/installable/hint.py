"""The hint that the page can live on the home screen, and its dismissal."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

COOKIE: Final = "install_hint"
_A_YEAR: Final = 365 * 24 * 60 * 60


def hide_hint(request: HttpRequest) -> HttpResponse:
    """Do not show the hint on this device again."""
    answer = redirect("client:home")
    answer.set_cookie(
        COOKIE,
        "no",
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
