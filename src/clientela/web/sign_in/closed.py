"""Routes that allauth's code names and this installation does not open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpRequest


def closed(request: HttpRequest, **named: str) -> NoReturn:
    """There is nothing here."""
    raise Http404
