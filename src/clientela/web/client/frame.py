"""The frame of the signed-in person's pages, and who reads them."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clientela.policy.door_request import DoorRequest
from clientela.web.visit.visit import private
from clientela.web.visitor import speak

Place = Literal["home", "balance", "messages", "profile", "security", "data", ""]
WRONG, LATE = 422, 409


def own_page(
    request: DoorRequest, template: str, *, current: Place, status: int = 200, **context: object
) -> HttpResponse:
    """Draw a page of the signed-in person: kept by nobody on the way, in the language they chose."""
    speak(request, fallback=request.user.language or settings.LANGUAGE_CODE)
    return private(render(request, template, {"current": current, **context}, status=status))


def open_page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """Draw a page for whoever holds a mailed link; it is as private, for the address is the secret."""
    return private(render(request, template, context, status=status))
