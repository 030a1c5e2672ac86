"""The page for an address at which nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.defaults import page_not_found

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def lost(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 as if no business were named: a foreign, a cut and a mistyped link look the same, to the byte."""
    vars(request).pop("business", None)
    return page_not_found(request, exception)
