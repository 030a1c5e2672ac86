"""The frame of the balance pages: the person's own, kept by nobody on the way."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from clientela.policy.door_request import DoorRequest
from clientela.web.visit.visit import private
from clientela.web.visitor import speak


def own_page(
    request: DoorRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """Draw a page in the language the person chose."""
    speak(request, fallback=request.user.language or settings.LANGUAGE_CODE)
    given = {"current": "balance", **context}
    return private(render(request, template, given, status=status))
